import type { Origin } from "../../http/client.ts"
import type { ModelInfo } from "../catalogue/catalogue.ts"
import type { Paths } from "../provider.ts"
import type { Authentication, HeaderLine } from "../providers/authentication.ts"
import type { Quirks } from "../quirks.ts"
import type { WireFormat } from "../wire-format.ts"
import type { Condition } from "./condition.ts"

/** One model of one provider, with all that a call of it needs, worked out when the plan is built. */
export interface Target {
  /** `provider/model`, as records and headers name it. */
  readonly id: string
  /** The provider's name in the configuration. */
  readonly provider: string
  readonly format: WireFormat
  readonly origin: Origin
  /** Path of the base address, without a slash at its end. */
  readonly basePath: string
  readonly paths: Paths
  readonly quirks: Quirks
  /** Sent with every call. */
  readonly headers: readonly HeaderLine[]
  readonly auth: Authentication
  /** For Bedrock, where it is. */
  readonly region: string | undefined
  /** The model as the provider names it. */
  readonly model: string
  /** The pool its calls take turns in; empty for a provider that asks for no key. */
  readonly keys: readonly ProviderKey[]
  /** Share of the calls where balance is `weighted`; whole, from 0. */
  readonly weight: number
  readonly when: Condition
  readonly info: ModelInfo | undefined
  /** Where `model` holds `*`: what is known of a model by the provider's name, its price among it. */
  readonly infoOf?: (model: string) => ModelInfo | undefined
  /** Where `model` holds `*`: the models the provider is known to have. */
  readonly known: readonly ModelInfo[]
}

/** A provider's key. The secret is in memory only: never in plans, records, logs. */
export interface ProviderKey {
  /** `openai#1`: which of the pool. */
  readonly id: string
  readonly secret: string
  /** Of AWS, where requests are signed; `secret` is the secret half. */
  readonly accessKeyId?: string
  readonly sessionToken?: string
}

export const BALANCES = ["in-order", "weighted", "least-latency", "cheapest"] as const
export type Balance = (typeof BALANCES)[number]

/** Which answers of a model are given again. Milliseconds; `above`: cosine of two questions' vectors. */
export interface CacheRule {
  readonly exact?: { readonly ttl: number }
  /** `embed`: a served model that makes vectors, or `built-in`. */
  readonly semantic?: { readonly ttl: number; readonly above: number; readonly embed: string }
}

/** A model as callers ask for it: who can serve it, and how one of them is chosen. */
export interface ServedModel {
  /** As the configuration names it; `groq/*` serves every name that begins so. */
  readonly name: string
  readonly targets: readonly Target[]
  readonly balance: Balance
  /** How often one target is tried again after a failure that may pass, before the next one is. */
  readonly retries: number
  /** Milliseconds to the first part of an answer, and to its end; Infinity for no limit of its own. */
  readonly firstTokenTimeout: number
  readonly totalTimeout: number
  /** What cannot be carried into a target's format: dropped and told, or such a target passed over. */
  readonly onLoss: "note" | "refuse"
  readonly cache: CacheRule | undefined
}
