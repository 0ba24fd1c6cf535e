import { type Denial, decide, decideLive, type Permit, type Verdict } from "../decision/decide.ts"
import type { Phase } from "../decision/stage.ts"
import { GATEWAY_FAULT, type World } from "../facts/world.ts"
import type { RequestFault, UpstreamFault } from "../http/fault.ts"
import type { ServerHandler } from "../http/server.ts"
import type { ProviderFault } from "../models/provider-fault.ts"
import type { Call } from "./call.ts"
import type { Ending } from "./ending.ts"
import { forward } from "./forward.ts"
import { keepDenial, keepPermit } from "./recorder.ts"
import { refuse } from "./refuse.ts"

/** Takes one call from its head to the end of its answer: decide, forward or refuse, record. Nothing is thrown out of it. */
export class Flow implements ServerHandler, Ending {
  readonly #call: Call
  #permit: Permit<World> | undefined

  constructor(call: Call) {
    this.#call = call
  }

  begin(): void {
    try {
      const verdict = decideLive(this.#call.frame)
      if (verdict instanceof Promise)
        verdict
          .then((it) => this.#settle(it))
          // Once the call is over its frame is another's, and what became of the decision is of no interest.
          .catch((fault) => (this.#call.answered ? undefined : this.failed(fault)))
      else this.#settle(verdict)
    } catch (fault) {
      this.failed(fault)
    }
  }

  /** As `begin`, for bytes that are no request. */
  beginFaulty({ code, seen }: RequestFault): void {
    this.#call.wireFault = code
    this.#call.wireSeen = seen
    this.begin()
  }

  #settle(verdict: Verdict<World>): void {
    const call = this.#call
    if (call.answered) return
    if (verdict.kind === "deny") {
      this.#deny(verdict, "request")
      return
    }
    this.#permit = verdict
    call.isForwarded = true
    forward(call, verdict, this)
  }

  /** Answers a denial, keeps it, and gives back what was reserved, unless an upstream has had a part of the request. */
  #deny(denial: Denial<World>, phase: Phase): void {
    const call = this.#call
    if (!call.isForwarded) call.frame.release()
    keepDenial(call, denial, phase, refuse(call, denial, phase))
    // What could not be read is told to the caller as unreadable; why it could not is for the log.
    for (const fault of call.frame.faults) call.running.outside.onFault(fault)
    this.#over()
    call.running.give(call.frame)
  }

  bodyGrew(): boolean {
    const { frame } = this.#call
    frame.reopen("body")
    const verdict = decide(frame, "body")
    if (verdict.kind !== "deny") return true
    this.#call.sink?.onAbort()
    this.#deny(verdict, "body")
    return false
  }

  upstreamFailed({ code, seen }: UpstreamFault): void {
    const call = this.#call
    if (call.answered && !call.exchangeOpen) return
    call.upstreamFault = code
    call.upstreamSeen = seen
    this.#decideFault(code)
  }

  providerFailed(fault: ProviderFault): void {
    const call = this.#call
    if (call.answered && !call.exchangeOpen) return
    call.model?.failed(fault)
    this.#decideFault(fault.code)
  }

  async judgeAnswer(): Promise<boolean> {
    const { frame } = this.#call
    frame.reopen("answer")
    const verdict = await decideLive(frame, "answer")
    if (this.#call.answered && !this.#call.exchangeOpen) return false
    if (verdict.kind === "deny") this.#deny(verdict, "answer")
    return verdict.kind !== "deny"
  }

  #decideFault(code: string): void {
    const { frame } = this.#call
    frame.reopen("upstream")
    const verdict = decide(frame, "upstream")
    if (verdict.kind === "deny") this.#deny(verdict, "upstream")
    else this.failed(new Error(`the fault ${code} of an upstream was permitted`))
  }

  completed(permit: Permit<World>, status: number): void {
    const call = this.#call
    keepPermit(call, permit, status)
    this.#over()
    call.running.give(call.frame)
  }

  /** A fault of the gateway's own: decided and told as such, never as the caller's or the policy's. */
  failed(fault: unknown): void {
    const call = this.#call
    call.running.outside.onFault(fault)
    call.sink?.onAbort()
    if (call.answered && !call.exchangeOpen) return
    try {
      this.#redecide(GATEWAY_FAULT, fault instanceof Error ? fault.message : String(fault))
    } catch (again) {
      // Deciding itself is what fails: nothing can be said, but nothing is let through either.
      call.running.outside.onFault(again)
      call.exchange.cut()
      this.#over()
    }
  }

  /** Decides anew, as bytes that are no request or as a gateway that failed. */
  #redecide(fault: World["wireFault"], seen: string): void {
    const call = this.#call
    if (!call.isForwarded) call.frame.release()
    call.wireFault = fault
    call.wireSeen = seen
    const verdict = decide(call.frame.reset(call))
    if (verdict.kind !== "deny") throw new Error(`the fault ${fault} was permitted`)
    this.#deny(verdict, "request")
  }

  #over(): void {
    this.#call.answered = true
    this.#call.exchangeOpen = false
    this.#call.sink = undefined
  }

  onBody(bytes: Uint8Array): void {
    this.#call.receivedLength += bytes.length
    this.#call.sink?.onBody(bytes)
  }

  onBodyEnd(): void {
    this.#call.sink?.onBodyEnd()
  }

  onDrain(): void {
    this.#call.sink?.onCallerDrain()
  }

  onBodyFault({ code, seen }: RequestFault): void {
    this.#call.sink?.onAbort()
    try {
      this.#redecide(code, seen)
    } catch (fault) {
      this.failed(fault)
    }
  }

  /** The caller went away. What reached an upstream counts, or whoever hangs up at once would have no limit. */
  onAbort(): void {
    const call = this.#call
    call.sink?.onAbort()
    const wasOpen = !call.answered || call.exchangeOpen
    if (wasOpen && this.#permit !== undefined) keepPermit(call, this.#permit, call.upstreamStatus ?? 0)
    else if (wasOpen) call.frame.release()
    this.#over()
  }
}
