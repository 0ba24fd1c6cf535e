import type { Permit } from "../../decision/decide.ts"
import { NO_USE } from "../../facts/model-use.ts"
import type { World } from "../../facts/world.ts"
import type { ResponseHead } from "../../http/head.ts"
import type { ChatAnswer } from "../../models/form/answer.ts"
import { countable, type Usage } from "../../models/form/usage.ts"
import type { ProviderFault } from "../../models/provider-fault.ts"
import type { Choice } from "../../models/routing/choose.ts"
import { keyFor } from "../../models/routing/choose.ts"
import { modelAt } from "../../models/routing/served-models.ts"
import { wayTo } from "../../models/routing/way.ts"
import type { BodySink } from "../body-sink.ts"
import type { Call } from "../call.ts"
import { chanceOf } from "../chance.ts"
import type { Ending } from "../ending.ts"
import { AnswerGuard } from "./answer-guard.ts"
import { answerHead } from "./answer-head.ts"
import { AnswerMemory } from "./answer-memory.ts"
import type { AskedModel } from "./asked-model.ts"
import { Attempt, type AttemptOwner } from "./attempt.ts"
import { countHere } from "./count-here.ts"
import { costAt, piecesOf, takenAtLeast } from "./estimate.ts"
import { codeOf, type Failure, mayBeBilled } from "./failure.ts"
import type { Intake } from "./intake.ts"
import { intakeFor } from "./intake-for.ts"
import type { ModelSide } from "./model-side.ts"
import { afterFailure, noteFailure } from "./next-step.ts"
import { providerLines } from "./provider-lines.ts"
import { tellRecalled } from "./recalled-answer.ts"
import { requestTo } from "./request-to.ts"
import { settle } from "./settle.ts"

/** More than a pool has keys. */
const TURNS = 1_000_000

/** Carries one permitted call to a model: from target to target until one answers, and the answer back to the caller. */
export class ModelCall implements BodySink, AttemptOwner {
  readonly call: Call
  readonly side: ModelSide
  readonly #permit: Permit<World>
  readonly #ending: Ending
  readonly #choice: Choice
  #attempt: Attempt | undefined
  #at = 0
  #tries = 0
  #isOver = false
  #isJudged = false
  #total: ReturnType<typeof setTimeout> | undefined
  #pause: ReturnType<typeof setTimeout> | undefined

  constructor(call: Call, permit: Permit<World>, ending: Ending, side: ModelSide, choice: Choice) {
    this.call = call
    this.side = side
    this.#permit = permit
    this.#ending = ending
    this.#choice = choice
    side.passedOver = choice.passedOver
  }

  get asked(): AskedModel {
    return this.side.asked
  }

  get guard(): AnswerGuard | undefined {
    return this.side.guard
  }

  /** Has the answer judged as far as it has come; `then` is done with it where it is permitted. */
  judged(then: () => void): void {
    // What comes in meanwhile, of an answer that is being judged, makes no second decision.
    if (this.#isJudged) return
    this.#isJudged = true
    this.#attempt?.hold()
    this.#ending
      .judgeAnswer()
      .then((isPermitted) => {
        if (this.#isOver) return
        if (isPermitted) then()
        else {
          this.#settle(undefined)
          this.#over()
          this.#attempt?.abort()
        }
      })
      .catch((fault) => this.broke(fault))
  }

  start(): void {
    this.asked.mask()
    const { totalTimeout = Number.POSITIVE_INFINITY } = this.asked.served ?? {}
    if (totalTimeout !== Number.POSITIVE_INFINITY)
      this.#total = setTimeout(() => this.#timedOut(totalTimeout), totalTimeout)
    const cache = this.asked.served?.cache
    if (cache === undefined || !this.asked.isChat) this.#next()
    else this.#recall(new AnswerMemory(this.call, this.asked, cache))
  }

  /** Gives an answer that was given before, or asks for one. */
  #recall(memory: AnswerMemory): void {
    this.side.memory = memory
    memory
      .recall()
      .then((found) => {
        if (this.#isOver) return
        if (found === undefined) this.#next()
        else {
          this.side.cache = found.kind
          tellRecalled(this, found.answer)
        }
      })
      .catch((fault) => this.broke(fault))
  }

  #next(): void {
    const target = this.#choice.order[this.#at]
    const { served, model, course } = this.asked
    const way = target === undefined ? undefined : wayTo(target, course)
    if (target === undefined || way === undefined || served === undefined || model === undefined)
      throw new Error("a model call was permitted without a target")
    if (way.kind === "count") {
      countHere(this)
      return
    }
    const { health, client, clock } = this.call.running.outside
    const now = clock()
    const key = keyFor(target, health, this.#tries + Math.floor(chanceOf(this.call.decision) * TURNS), now)
    const attempt = new Attempt(this, target, key, way, now)
    this.#attempt = attempt
    // What another target began to say is none of this answer.
    if (this.asked.guards !== undefined) this.side.guard = new AnswerGuard(this.asked.guards)
    this.side.target = `${target.provider}/${modelAt(target, served, model)}`
    const { request, body } = requestTo(this.call, this.asked, attempt, now)
    attempt.start(
      (handler) => client.send(request, handler),
      body,
      this.asked.served?.firstTokenTimeout ?? Number.POSITIVE_INFINITY,
    )
  }

  answered(attempt: Attempt, head: ResponseHead): Intake {
    this.call.upstreamStatus = head.status
    return intakeFor(this, attempt, head)
  }

  /**
   * Begins the answer; from here on no other target can be asked. `lines`: fields of the answer, each ended by CRLF.
   * `attempt`: who answers; undefined for the gateway itself.
   */
  begin(attempt: Attempt | undefined, status: number, lines: string, length: number | undefined): void {
    const { call } = this
    if (attempt !== undefined) {
      attempt.firstPart()
      this.#succeeded(attempt)
    }
    call.answered = true
    call.exchangeOpen = true
    const dropped = attempt?.losses.list().map(({ what }) => what) ?? []
    this.side.dropped = dropped
    const framing = length === undefined ? ({ kind: "chunked" } as const) : ({ kind: "sized", length } as const)
    const all = lines + this.#linesOf(attempt)
    call.exchange.begin(status, answerHead(call, status, all, dropped), framing)
  }

  #linesOf(attempt: Attempt | undefined): string {
    if (attempt?.fields === undefined) return ""
    return providerLines(attempt.fields, attempt.way, this.asked.endpoint.dialect, this.call.running.outside.clock())
  }

  /** Gives a whole answer that no provider had to be asked for; nothing where the caller has gone. */
  answerHere(lines: string, body: Buffer): void {
    if (this.#isOver) return
    this.begin(undefined, 200, lines, body.length)
    this.write(body)
    this.finish(200, undefined)
  }

  get hasBegun(): boolean {
    return this.call.exchangeOpen
  }

  write(bytes: Uint8Array): void {
    if (!this.call.exchange.write(bytes)) this.#attempt?.hold()
  }

  /** The whole answer was given. `usage`: as far as the provider told. `answer`: where a cache may keep it. */
  finish(status: number, usage: Usage | undefined, answer?: ChatAnswer): void {
    this.#over()
    if (this.side.cache === undefined) this.#settle(usage)
    if (answer !== undefined && this.side.memory?.keep(answer) === true) this.side.cache = "stored"
    this.call.exchange.end()
    this.#ending.completed(this.#permit, status)
  }

  attemptFailed(attempt: Attempt, failure: Failure): void {
    if (this.#isOver) return
    const { call, asked } = this
    const now = call.running.outside.clock()
    const why = `${codeOf(failure)}${keyOf(attempt)} after ${now - attempt.began} ms`
    this.side.passedOver = [...this.side.passedOver, { target: attempt.target.id, why }]
    noteFailure(attempt, failure, call.running.outside.health, now)
    if (this.hasBegun) {
      this.#report(failure)
      return
    }
    this.#tries++
    const step = afterFailure(
      attempt,
      failure,
      this.#tries,
      this.#choice.order.length - this.#at - 1,
      asked,
      call.running.outside.health,
      now,
    )
    if (step.kind === "give-up") {
      this.#report(failure)
      return
    }
    if (step.kind === "next") {
      this.#at++
      this.#tries = 0
    }
    this.#pause = setTimeout(() => this.#guarded(() => this.#next()), step.after)
  }

  broke(fault: unknown): void {
    if (this.#isOver) return
    this.#over()
    this.#settle(undefined)
    this.#ending.failed(fault)
  }

  #report(failure: Failure): void {
    this.#over()
    if (this.hasBegun || mayBeBilled(failure)) this.#settle(undefined)
    else settle(this.call, NO_USE)
    if (failure.kind === "upstream") this.#ending.upstreamFailed(failure.fault)
    else this.#ending.providerFailed(failure.fault)
  }

  /** Counts what the call took; where the provider did not tell, what it was thought to take. */
  #settle(told: Usage | undefined): void {
    const { side, call } = this
    const usage = told === undefined ? undefined : countable(told)
    const target = this.#attempt?.target
    const { estimate } = side
    side.used = usage
    if (usage !== undefined && target !== undefined) {
      side.cost = costAt(target, usage, call.now, piecesOf(this.asked))
      settle(call, { cost: side.cost, inputTokens: usage.input, outputTokens: usage.output })
    } else if (estimate !== undefined) {
      const seen = this.#attempt?.tokens ?? 0
      const taken = target === undefined ? estimate : takenAtLeast(this.asked, estimate, target, seen, call.now)
      side.cost = taken.cost
      settle(call, taken)
    }
  }

  #timedOut(after: number): void {
    const attempt = this.#attempt
    const fault: ProviderFault = { code: "too-slow", status: 0, seen: `no whole answer in ${after} ms` }
    attempt?.abort()
    if (attempt !== undefined)
      this.side.passedOver = [...this.side.passedOver, { target: attempt.target.id, why: `too-slow after ${after} ms` }]
    this.#report({ kind: "provider", fault })
  }

  #succeeded({ target, key, began }: Attempt): void {
    const { health, clock } = this.call.running.outside
    health.succeeded(target.id, clock() - began)
    if (key !== undefined) health.succeeded(key.id, undefined)
  }

  #over(): void {
    this.#isOver = true
    clearTimeout(this.#total)
    clearTimeout(this.#pause)
  }

  #guarded(act: () => void): void {
    try {
      act()
    } catch (fault) {
      this.broke(fault)
    }
  }

  onBody(): void {
    // The body was held whole before the call was permitted.
  }

  onBodyEnd(): void {
    // As above.
  }

  onCallerDrain(): void {
    this.#attempt?.resume()
  }

  onAbort(): void {
    if (!this.#isOver) this.#abandon()
    this.#over()
    this.#attempt?.abort()
  }

  /** Whoever is asked may go on working for nobody. */
  #abandon(): void {
    if (this.#attempt === undefined) settle(this.call, NO_USE)
    else this.#settle(undefined)
  }
}

/** Which key of a pool it was, as its place in it: a key is nothing to be written down. */
const keyOf = ({ target, key }: Attempt): string =>
  key === undefined || target.keys.length < 2 ? "" : ` with the key ${key.id}`
