import type { ModelCallSeen, ModelRequest } from "../../facts/world.ts"
import { estimateTokens } from "../../models/catalogue/estimate.ts"
import type { StreamWriter } from "../../models/codec.ts"
import type { Usage } from "../../models/form/usage.ts"
import type { ProviderFault, ProviderFaultCode } from "../../models/provider-fault.ts"
import { type Choice, choose, type PassedOver } from "../../models/routing/choose.ts"
import type { Health } from "../../models/routing/health.ts"
import type { NanoUsd } from "../../ports/money.ts"
import type { HeldBody } from "../held-body.ts"
import type { AnswerGuard } from "./answer-guard.ts"
import type { AnswerMemory } from "./answer-memory.ts"
import type { AskedModel } from "./asked-model.ts"
import { estimateOf } from "./estimate.ts"

/** Who calls, as far as choosing a target looks at it. */
export interface Caller {
  readonly now: number
  readonly chance: number
  readonly tenant: string | undefined
  header(name: string): string | undefined
}

/** What a call to a model has come to: what it asks, where it may go, and what became of it. */
export class ModelSide {
  readonly asked: AskedModel
  readonly read: Promise<ModelRequest>
  /** There once it was read, for a model that is served. */
  choice: Choice | undefined
  /** There once it was read. */
  estimate: ModelCallSeen["estimate"] | undefined
  /** The target asked last. */
  target: string | undefined
  /** Why others were not asked, or not only they. */
  passedOver: readonly PassedOver[] = []
  /** What the caller was told to have been left out. */
  dropped: readonly string[] = []
  /** What a cache did for the call. */
  cache: string | undefined
  guard: AnswerGuard | undefined
  memory: AnswerMemory | undefined
  used: Usage | undefined
  /** What it cost, or was thought to cost where the provider did not tell. */
  cost: NanoUsd | undefined
  fault: ProviderFaultCode | "none" = "none"
  seen = ""
  /** Milliseconds. */
  retryAfter: number | undefined
  /** Writes into the answer that has begun; undefined before. */
  stream: StreamWriter | undefined
  /** The provider's own words have told the caller of the error. */
  isErrorTold = false

  constructor(
    asked: AskedModel,
    held: HeldBody,
    contentType: string | undefined,
    health: Health,
    caller: () => Caller,
  ) {
    this.asked = asked
    this.read = held.read.then((it) => {
      const request = asked.take(it, contentType)
      const by = caller()
      const losses = this.#choose(health, by)
      this.estimate = estimateOf(asked, this.choice?.order ?? [], by.now)
      return { ...request, losses, untargeted: losses === null ? this.#whyNone() : null }
    })
  }

  failed({ code, seen, retryAfter }: ProviderFault): void {
    this.fault = code
    this.seen = seen
    this.retryAfter = retryAfter
  }

  /** Why no target is to be asked, where there are some and none is. */
  #whyNone(): string | null {
    const { choice } = this
    if (choice === undefined || choice.order.length > 0) return null
    return choice.passedOver.map(({ target, why }) => `${target} ${why}`).join("; ")
  }

  /** What no target can be told, where leaving it out was not allowed. */
  #choose(health: Health, caller: Caller): string | null {
    const { served } = this.asked
    if (served === undefined) return null
    const inputTokens = this.asked.body === undefined ? 0 : estimateTokens(this.asked.bytes)
    const choice = choose(served, health, { ...caller, inputTokens, header: (name) => caller.header(name) })
    const able = choice.order.filter((it) => this.asked.whyNot(it) === undefined)
    const unable = choice.order.flatMap((it) => {
      const why = this.asked.whyNot(it)
      return why === undefined ? [] : [{ target: it.id, why }]
    })
    this.choice = { order: able, passedOver: [...choice.passedOver, ...unable] }
    if (served.onLoss === "note" || !this.asked.mayLose) return null
    const losses = able.map((target) => ({ target, lost: this.asked.lossesAt(target).list() }))
    const whole = losses.filter(({ lost }) => lost.length === 0)
    const least = losses.toSorted((a, b) => a.lost.length - b.lost.length)[0]
    const passedOver = losses
      .filter(({ lost }) => lost.length > 0)
      .map(({ target, lost }) => ({
        target: target.id,
        why: `cannot be told ${lost.map(({ what }) => what).join(", ")}`,
      }))
    this.choice = {
      order: whole.map(({ target }) => target),
      passedOver: [...choice.passedOver, ...unable, ...passedOver],
    }
    if (whole.length > 0 || least === undefined) return null
    return least.lost.map(({ what, why }) => `${what} (${why})`).join("; ")
  }
}
