import type { Plan } from "../decision/plan.ts"
import type { CredentialPlace, World } from "../facts/world.ts"
import type { AnswerGuards } from "../guardrails/answer-guards.ts"
import type { Origin } from "../http/client.ts"
import type { Dialect } from "../models/codec.ts"
import type { Endpoint } from "../models/endpoints.ts"
import type { ServedModels } from "../models/routing/served-models.ts"
import type { Key } from "../ports/keys.ts"
import type { Groups } from "../ports/model-limits.ts"
import type { PublishedPrompt } from "../prompts/prompt.ts"
import type { McpPlan } from "./mcp-plan.ts"
import type { Settings } from "./schema.ts"

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
  /** Models are asked for something. */
  | {
      readonly kind: "model"
      readonly endpoint: Endpoint
      readonly models: ServedModels
      readonly guards: AnswerGuards | undefined
    }
  /** The list of models, or the one whose name stands in the path behind `below`. */
  | {
      readonly kind: "models"
      readonly dialect: Dialect
      readonly models: ServedModels
      readonly below: string | undefined
    }
  /** The list of prompts. */
  | { readonly kind: "prompts"; readonly prompts: readonly PublishedPrompt[] }
  /** `text`: the OpenAPI description of a prompt. */
  | { readonly kind: "prompt-page"; readonly text: string }
  /** `places`: where a key was looked for; undefined for where it is by default. */
  | { readonly kind: "mcp"; readonly plan: McpPlan; readonly places: readonly CredentialPlace[] | undefined }
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
  readonly groups: Groups
  readonly settings: Settings
}
