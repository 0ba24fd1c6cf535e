import type { Losses } from "../form/losses.ts"
import type { Usage } from "../form/usage.ts"
import type { JsonObject } from "../json.ts"
import type { Quirks } from "../quirks.ts"

/** An answer as the caller is told it. */
export interface ToldAnswer {
  readonly told: JsonObject
  /** As far as the provider told. */
  readonly usage: Usage | undefined
}

/** How one operation that is no chat is asked in a dialect and told to a provider's format. Stateless; shared by all calls. */
export interface Translation {
  /** The body for the provider. @throws FormFault naming what is wrong with the caller's, or cannot be asked there at all. */
  write(body: JsonObject, model: string, quirks: Quirks, losses: Losses): JsonObject
  /**
   * `asked`: the caller's body; `model`: as the caller names it.
   *
   * @throws FormFault when it is no answer of the provider's format.
   */
  read(answer: JsonObject, asked: JsonObject, model: string): ToldAnswer
}
