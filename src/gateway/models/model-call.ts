import type { Permit } from "../../decision/decide.ts"
import { NO_USE } from "../../facts/model-use.ts"
import type { World } from "../../facts/world.ts"
import type { ResponseHead } from "../../http/head.ts"
import type { ChatAnswer } from "../../models/form/answer.ts"
import type { Usage } from "../../models/form/usage.ts"
import type { ProviderFault } from "../../models/provider-fault.ts"
import type { Choice } from "../../models/routing/choose.ts"
import type { BodySink } from "../body-sink.ts"
import type { Call } from "../call.ts"
import type { Ending } from "../ending.ts"
import { AnswerGuard } from "./answer-guard.ts"
import { answerHead } from "./answer-head.ts"
import { AnswerMemory } from "./answer-memory.ts"
import type { AskedModel } from "./asked-model.ts"
import { Attempt, type AttemptOwner } from "./attempt.ts"
import { countHere } from "./count-here.ts"
import { codeOf, type Failure, mayBeBilled } from "./failure.ts"
import type { Intake } from "./intake.ts"
import { intakeFor } from "./intake-for.ts"
import type { ModelSide } from "./model-side.ts"
import { providerLines } from "./provider-lines.ts"
import { tellRecalled } from "./recalled-answer.ts"
import { requestTo } from "./request-to.ts"
import { settle, settleUse } from "./settle.ts"
import { Turns } from "./turns.ts"

/** Carries one permitted call to a model: from target to target until one answers, and the answer back to the caller. */
export class ModelCall implements BodySink, AttemptOwner {
  readonly call: Call
  readonly side: ModelSide
  readonly #permit: Permit<World>
  readonly #ending: Ending
  readonly #turns: Turns
  #attempt: Attempt | undefined
  #isOver = false
  #isJudged = false
  #total: ReturnType<typeof setTimeout> | undefined
  #pause: ReturnType<typeof setTimeout> | undefined

  constructor(call: Call, permit: Permit<World>, ending: Ending, side: ModelSide, choice: Choice) {
    this.call = call
    this.side = side
    this.#permit = permit
    this.#ending = ending
    this.#turns = new Turns(call, side.asked, choice)
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
    const { client, clock } = this.call.running.outside
    const now = clock()
    const turn = this.#turns.next(now)
    if (turn.way.kind === "count") {
      countHere(this)
      return
    }
    const attempt = new Attempt(this, turn.target, turn.key, turn.way, now)
    this.#attempt = attempt
    // What another target began to say is none of this answer.
    if (this.asked.guards !== undefined) this.side.guard = new AnswerGuard(this.asked.guards)
    this.side.target = turn.name
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
      this.#turns.succeeded(attempt)
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
    const now = this.call.running.outside.clock()
    this.#passOver(attempt, `${codeOf(failure)}${keyOf(attempt)} after ${now - attempt.began} ms`)
    const step = this.#turns.failed(attempt, failure, now)
    if (this.hasBegun || step.kind === "give-up") this.#report(failure)
    else this.#pause = setTimeout(() => this.#guarded(() => this.#next()), step.after)
  }

  #passOver({ target }: Attempt, why: string): void {
    this.side.passedOver = [...this.side.passedOver, { target: target.id, why }]
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

  #settle(told: Usage | undefined): void {
    settleUse(this.call, this.side, this.#attempt, told)
  }

  #timedOut(after: number): void {
    const attempt = this.#attempt
    const fault: ProviderFault = { code: "too-slow", status: 0, seen: `no whole answer in ${after} ms` }
    attempt?.abort()
    if (attempt !== undefined) this.#passOver(attempt, `too-slow after ${after} ms`)
    this.#report({ kind: "provider", fault })
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
