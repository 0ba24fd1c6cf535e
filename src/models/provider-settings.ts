import type { Placeholder } from "./provider.ts"
import type { Authentication } from "./providers/authentication.ts"
import type { WireFormat } from "./wire-format.ts"

/** Formats as `dialect` names them; `openai` is `openai-chat`. */
export type DialectName = WireFormat | "openai"

/** What a configuration says of one provider: `use`, or `dialect` and `url` for any other server. */
export type ProviderSettings = {
  readonly use?: string | undefined
  readonly dialect?: DialectName | undefined
  /** Instead of the provider's own address. */
  readonly url?: string | undefined
  readonly key?: string | undefined
  /** The other half of an AWS key, whose secret half is `key`; with it requests are signed. */
  readonly "access-key-id"?: string | undefined
  /** Which of the provider's ways to show the key. */
  readonly auth?: Authentication["kind"] | undefined
  /** `openai-responses` where the provider offers both formats of OpenAI. */
  readonly format?: WireFormat | undefined
} & { readonly [P in Placeholder]?: string | undefined }

/** `at`: the setting that is missing or cannot be; `message` begins in lower case, as faults do. */
export interface SettingFault {
  readonly kind: "fault"
  readonly at: keyof ProviderSettings
  readonly message: string
}

export const settingFault = (at: keyof ProviderSettings, message: string): SettingFault => ({
  kind: "fault",
  at,
  message,
})
