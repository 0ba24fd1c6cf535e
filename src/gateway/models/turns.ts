import { type Choice, keyFor } from "../../models/routing/choose.ts"
import { modelAt } from "../../models/routing/served-models.ts"
import type { ProviderKey, Target } from "../../models/routing/target.ts"
import { type Way, wayTo } from "../../models/routing/way.ts"
import type { Call } from "../call.ts"
import { chanceOf } from "../chance.ts"
import type { AskedModel } from "./asked-model.ts"
import type { Attempt } from "./attempt.ts"
import type { Failure } from "./failure.ts"
import { afterFailure, noteFailure, type Step } from "./next-step.ts"

/** More than a pool has keys. */
const MOST_KEYS = 1_000_000

/** Whose turn it is. */
export interface Turn {
  readonly target: Target
  readonly key: ProviderKey | undefined
  readonly way: Way
  /** `provider/model`, as the provider names the model. */
  readonly name: string
}

/** Which target of a call is asked next and with which key of its pool, and what others learn from how it went. */
export class Turns {
  readonly #call: Call
  readonly #asked: AskedModel
  readonly #choice: Choice
  #at = 0
  /** Of the target whose turn it is. */
  #tries = 0

  constructor(call: Call, asked: AskedModel, choice: Choice) {
    this.#call = call
    this.#asked = asked
    this.#choice = choice
  }

  next(now: number): Turn {
    const target = this.#choice.order[this.#at]
    const { served, model, course } = this.#asked
    const way = target === undefined ? undefined : wayTo(target, course)
    if (target === undefined || way === undefined || served === undefined || model === undefined)
      throw new Error("a model call was permitted without a target")
    const first = Math.floor(chanceOf(this.#call.decision) * MOST_KEYS)
    const key = keyFor(target, this.#call.running.outside.health, this.#tries + first, now)
    return { target, key, way, name: `${target.provider}/${modelAt(target, served, model)}` }
  }

  failed(attempt: Attempt, failure: Failure, now: number): Step {
    const { health } = this.#call.running.outside
    noteFailure(attempt, failure, health, now)
    this.#tries++
    const others = this.#choice.order.length - this.#at - 1
    const step = afterFailure(attempt, failure, this.#tries, others, this.#asked, health, now)
    if (step.kind === "next") {
      this.#at++
      this.#tries = 0
    }
    return step
  }

  succeeded({ target, key, began }: Attempt): void {
    const { health, clock } = this.#call.running.outside
    health.succeeded(target.id, clock() - began)
    if (key !== undefined) health.succeeded(key.id, undefined)
  }
}
