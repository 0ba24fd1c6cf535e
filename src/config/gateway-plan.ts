import type { Plan } from "../decision/plan.ts"
import type { CredentialPlace, World } from "../facts/world.ts"
import type { Origin } from "../http/client.ts"
import type { Key } from "../ports/keys.ts"
import type { Settings } from "./schema.ts"

/** A model of a provider, as the provider knows it. */
export interface ModelTarget {
  readonly origin: Origin
  /** Path of the provider's base address, without a slash at its end. */
  readonly basePath: string
  readonly model: string
  /** Sent as a bearer token; undefined for providers that ask for none. */
  readonly key: string | undefined
}

/** What is done with a request that passed. */
export type Destination =
  | {
      readonly kind: "service"
      readonly service: string
      readonly origin: Origin
      readonly basePath: string
      readonly keepHost: boolean
      /** Where the gateway's own credential stands; it is taken out before forwarding. */
      readonly places: readonly CredentialPlace[]
    }
  | { readonly kind: "chat"; readonly models: ReadonlyMap<string, ModelTarget> }
  | { readonly kind: "models"; readonly names: readonly string[] }
  /** The page of a cause, for whoever was refused. */
  | { readonly kind: "cause-page" }

/** A key written in the file: all but the secret, of which the SHA-256 is kept. */
export interface FileKey {
  readonly key: Key
  /** Hexadecimal. */
  readonly digest: string
}

/** Everything one configuration turns into. Immutable; a request keeps the one it began with. */
export interface GatewayPlan {
  /** Names the content: the same configuration always has the same. */
  readonly revision: string
  /** The plan as it is stored, without secrets. */
  readonly text: string
  readonly plan: Plan<World>
  /** By track. */
  readonly destinations: ReadonlyMap<string, Destination>
  readonly keys: readonly FileKey[]
  readonly settings: Settings
}
