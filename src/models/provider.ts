import type { Authentication, HeaderLine } from "./providers/authentication.ts"
import type { Quirks } from "./quirks.ts"
import type { WireFormat } from "./wire-format.ts"

/** What a provider can be asked for. `chatStream` where a stream has a path of its own. */
export const OPERATIONS = [
  "chat",
  "chatStream",
  "responses",
  "completions",
  "embeddings",
  "images",
  "speech",
  "transcription",
  "moderations",
  "rerank",
  "models",
  "countTokens",
] as const

export type Operation = (typeof OPERATIONS)[number]

/** Paths behind the base address, with `{model}` where the model stands in it. An operation without one is not offered. */
export type Paths = { readonly [O in Operation]?: string }

/** What stands in braces in addresses and paths, and is a setting of that name; `{model}` is none, it comes with a call. */
export const PLACEHOLDERS = ["account", "location", "project", "region", "resource", "version", "workspace"] as const

export type Placeholder = (typeof PLACEHOLDERS)[number]

/** A placeholder that the configuration fills. */
export interface ProviderSetting {
  readonly name: Placeholder
  readonly means: string
  readonly example: string
  /** Without one it has to be told. */
  readonly fallback?: string
  /** Values for which another base address holds: Google's global location has a host of its own. */
  readonly instead?: readonly { readonly value: string; readonly url: string }[]
}

/** Who serves models: where it is, how it is spoken to, and how it departs from the format it speaks. */
export interface Provider {
  /** The file's name, and what `use` names. */
  readonly name: string
  readonly title: string
  readonly home: string
  /** The page of its API reference that address, paths and authentication were taken from. */
  readonly reference: string
  /** Of chat. Other operations of an OpenAI-like provider are OpenAI's. */
  readonly format: WireFormat
  /** Absolute, without a `/` at its end; `{placeholders}` are `settings`. */
  readonly url: string
  readonly settings?: readonly ProviderSetting[]
  /** What a key is sent as; the first unless the configuration chooses. */
  readonly auth: readonly [Authentication, ...Authentication[]]
  /** Sent with every request, name in lower case. */
  readonly headers?: readonly HeaderLine[]
  readonly paths: Paths
  readonly quirks?: Quirks
  /** Environment variables in which its key is usually kept. */
  readonly keyVariables: readonly string[]
  /** Its entry in `@pydantic/genai-prices`; without one its models have the prices the configuration tells. */
  readonly prices?: string
}
