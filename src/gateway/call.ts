import { type Denial, decide, decideLive, type Permit, type Verdict } from "../decision/decide.ts"
import type { Frame } from "../decision/frame.ts"
import type { Audience } from "../decision/party.ts"
import type { Phase } from "../decision/stage.ts"
import { DEFAULT_PLACES } from "../facts/identity.ts"
import type { CredentialPlace, Identity, ModelRequest, World } from "../facts/world.ts"
import type { RequestFault, RequestFaultCode, UpstreamFault, UpstreamFaultCode } from "../http/fault.ts"
import type { ServerExchange, ServerHandler } from "../http/server.ts"
import type { Meter, Reading } from "../ports/meter.ts"
import { callerAddress } from "./address.ts"
import { identify } from "./credential.ts"
import { forward } from "./forward.ts"
import { type HeldBody, holdBody } from "./held-body.ts"
import type { Metered } from "./rate-fields.ts"
import { keepDenial, keepPermit } from "./recorder.ts"
import { refuse, refuseFaulty } from "./refuse.ts"
import type { Running } from "./running.ts"
import { requestId } from "./trace-context.ts"

/** What becomes of a body once its request is decided: it is forwarded, held to be judged, or nobody wants it. */
export interface BodySink {
  onBody(bytes: Uint8Array): void
  onBodyEnd(): void
  /** The caller takes more of the answer. */
  onCallerDrain(): void
  /** The caller went away or broke off: let go of everything. */
  onAbort(): void
}

/**
 * One request, from its head to the end of its answer: what facts read, what the server tells, what was decided.
 *
 * Its parts are beside it: `forward` passes a permitted request on, `refuse` answers a denied one, `recorder` keeps both.
 */
export class Call implements World, ServerHandler {
  readonly running: Running
  readonly exchange: ServerExchange
  /** UUID version 7 (RFC 9562). */
  readonly decision: string
  readonly now: number
  readonly address: string
  readonly method: string
  readonly host: string
  readonly path: string
  readonly frame: Frame<World>
  wireFault: RequestFaultCode | "none" = "none"
  wireSeen = ""
  upstreamFault: UpstreamFaultCode | "none" = "none"
  upstreamSeen = ""
  receivedLength = 0
  metering: Metered | undefined
  sink: BodySink | undefined
  /** An answer was begun or the call is over; a refusal can no longer be written. */
  answered = false
  /** An answer has begun and may still be cut. */
  exchangeOpen = false
  upstreamStatus: number | undefined
  #identity: Identity | undefined
  #identityPlaces: readonly CredentialPlace[] | undefined
  #held: HeldBody | undefined
  #isForwarded = false

  constructor(running: Running, exchange: ServerExchange) {
    const { head, remoteAddress } = exchange
    this.running = running
    this.exchange = exchange
    this.now = running.outside.clock()
    this.decision = Bun.randomUUIDv7()
    this.address = callerAddress(remoteAddress, head.fields, running.trusts)
    this.method = head.method
    this.host = head.host
    this.path = head.path
    this.frame = running.take(this)
  }

  get meter(): Meter {
    return this.running.outside.meter
  }

  get declaredLength(): number | null {
    const { framing } = this.exchange.head
    return framing.kind === "sized" ? framing.length : framing.kind === "none" ? 0 : null
  }

  get requestId(): string {
    return requestId(this.exchange.head.fields.get("x-request-id"), this.decision)
  }

  identify(places: readonly CredentialPlace[]): Identity {
    if (this.#identity === undefined || this.#identityPlaces !== places) {
      this.#identity = identify(this.exchange.head.fields, places, this.running.outside.keys)
      this.#identityPlaces = places
    }
    return this.#identity
  }

  /** Where a credential was looked for; without a policy that says where, where it is looked for by default. */
  get places(): readonly CredentialPlace[] {
    return this.#identityPlaces ?? DEFAULT_PLACES
  }

  modelRequest(): Promise<ModelRequest> {
    this.#held ??= holdBody(this, this.running.plan.settings.limits["model-body"])
    return this.#held.read
  }

  /** The body as it was read to be judged; undefined when it was not. */
  get heldBody(): HeldBody | undefined {
    return this.#held
  }

  metered(limit: number, windowMs: number, { used, resetsIn }: Reading): void {
    const before = this.metering
    if (before === undefined || limit - used < before.limit - before.used)
      this.metering = { limit, used, windowMs, resetsIn }
  }

  /** As `begin`, for bytes that are no request. */
  beginFaulty({ code, seen }: RequestFault): void {
    this.wireFault = code
    this.wireSeen = seen
    this.begin()
  }

  /** Decides and acts on it. Nothing is thrown out of it: what fails inside is answered as a fault of the gateway. */
  begin(): void {
    try {
      const verdict = decideLive(this.frame)
      if (verdict instanceof Promise)
        verdict
          .then((it) => this.#settle(it))
          // Once the call is over its frame is another's, and what became of the decision is of no interest.
          .catch((fault) => (this.answered ? undefined : this.fail(fault)))
      else this.#settle(verdict)
    } catch (fault) {
      this.fail(fault)
    }
  }

  #settle(verdict: Verdict<World>): void {
    if (this.answered) return
    if (verdict.kind === "deny") this.deny(verdict, "request")
    else {
      this.#isForwarded = true
      forward(this, verdict)
    }
  }

  /** Answers a denial, keeps it, and gives back what was reserved. */
  deny(denial: Denial<World>, phase: Phase): void {
    if (phase !== "upstream") this.frame.release()
    // What could not be read is told to the caller as unreadable; why it could not is for the log.
    for (const fault of this.frame.faults) this.running.outside.onFault(fault)
    const status = refuse(this, denial, phase)
    keepDenial(this, denial, phase, status)
    this.over()
    this.running.give(this.frame)
  }

  /** Judges again what flows: the body as it grows, the upstream once it failed. */
  judge(phase: Exclude<Phase, "request">): Verdict<World> {
    this.frame.reopen(phase)
    return decide(this.frame, phase)
  }

  /** The upstream failed after the request was permitted. */
  upstreamFailed({ code, seen }: UpstreamFault): void {
    if (this.answered && !this.exchangeOpen) return
    this.upstreamFault = code
    this.upstreamSeen = seen
    const verdict = this.judge("upstream")
    if (verdict.kind === "deny") this.deny(verdict, "upstream")
    else this.fail(new Error(`the upstream fault ${code} was permitted`))
  }

  /** The whole answer was given. */
  completed(permit: Permit<World>, status: number): void {
    keepPermit(this, permit, status)
    this.over()
    this.running.give(this.frame)
  }

  over(): void {
    this.answered = true
    this.exchangeOpen = false
    this.sink = undefined
  }

  /** The name of the valid key it was sent with, as far as a policy asked for one. */
  get keyName(): string | undefined {
    const identity = this.#identity
    return identity?.kind === "known" && identity.key.status === "active" ? identity.key.name : undefined
  }

  /** A fault of the gateway's own: told as such, never as the caller's or the policy's. */
  fail(fault: unknown): void {
    this.running.outside.onFault(fault)
    this.sink?.onAbort()
    this.frame.release()
    if (this.exchangeOpen) this.exchange.cut()
    else refuseFaulty(this)
    this.over()
  }

  /** Who will read the answer. Who cannot be looked up is anyone: the refusal stands all the same. */
  audience(): Audience {
    try {
      return this.#provenAudience()
    } catch (fault) {
      this.running.outside.onFault(fault)
      return "anonymous"
    }
  }

  /** An operator who says so and proves it, the owner of a valid key, or anyone. */
  #provenAudience(): Audience {
    const { fields } = this.exchange.head
    const token = fields.get("pinpoint-operator")
    if (token !== undefined && this.running.outside.token.matches(token)) return "operator"
    const destination = this.running.plan.destinations.get(this.frame.track.name)
    const identity = this.identify(destination?.kind === "service" ? destination.places : this.places)
    return identity.kind === "known" && identity.key.status === "active" ? "owner" : "anonymous"
  }

  onBody(bytes: Uint8Array): void {
    this.receivedLength += bytes.length
    this.sink?.onBody(bytes)
  }

  onBodyEnd(): void {
    this.sink?.onBodyEnd()
  }

  onDrain(): void {
    this.sink?.onCallerDrain()
  }

  /** The body broke off or does not parse: decided anew, as bytes that are no request. */
  onBodyFault({ code, seen }: RequestFault): void {
    this.sink?.onAbort()
    this.frame.release()
    this.wireFault = code
    this.wireSeen = seen
    this.frame.reset(this)
    const verdict = decide(this.frame)
    if (verdict.kind === "deny") this.deny(verdict, "request")
    else this.fail(new Error(`the wire fault ${code} was permitted`))
  }

  onAbort(): void {
    this.sink?.onAbort()
    // What reached an upstream counts, or whoever hangs up at once would have no limit.
    if (!this.answered && !this.#isForwarded) this.frame.release()
    this.over()
  }
}
