import type { ClientExchange, ClientHandler } from "../../http/client.ts"
import type { UpstreamFault } from "../../http/fault.ts"
import type { Fields } from "../../http/fields.ts"
import type { ResponseHead } from "../../http/head.ts"
import { Losses } from "../../models/form/losses.ts"
import type { ProviderKey, Target } from "../../models/routing/target.ts"
import type { TellingWay } from "../../models/routing/way.ts"
import type { Failure } from "./failure.ts"
import type { Intake } from "./intake.ts"

/** Pieces of an answer taken in before others have a turn. */
const MOST_PIECES = 128

/** What became of an attempt is told to its owner, once. */
export interface AttemptOwner {
  /** An answer begins: who takes in its body. */
  answered(attempt: Attempt, head: ResponseHead): Intake
  attemptFailed(attempt: Attempt, failure: Failure): void
  /** Something threw that is nobody's but ours. */
  broke(fault: unknown): void
}

/** One request to one target, with one key. */
export class Attempt implements ClientHandler {
  readonly target: Target
  readonly key: ProviderKey | undefined
  readonly way: TellingWay
  /** Milliseconds since the epoch. */
  readonly began: number
  /** What the target could not be told, and what of its answer the caller cannot be. */
  readonly losses = new Losses()
  /** The provider was asked for the usage of a stream whose caller did not ask for it. */
  isUsageAdded = false
  /** Of the answer that came so far, at least: a provider writes no event for less than one. */
  tokens = 0
  /** Of the provider's answer, once it has come. */
  fields: Fields | undefined
  readonly #owner: AttemptOwner
  #exchange: ClientExchange | undefined
  #intake: Intake | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #isOver = false
  #isHeld = false
  #pieces = 0

  constructor(owner: AttemptOwner, target: Target, key: ProviderKey | undefined, way: TellingWay, began: number) {
    this.target = target
    this.key = key
    this.way = way
    this.began = began
    this.#owner = owner
  }

  /** `send`: gives the request to the client. `firstToken`: milliseconds, Infinity for no limit. */
  start(send: (handler: ClientHandler) => ClientExchange, body: Uint8Array, firstToken: number): void {
    if (firstToken !== Number.POSITIVE_INFINITY)
      this.#timer = setTimeout(() => {
        const seen = `nothing of an answer in ${firstToken} ms`
        this.fail({ kind: "provider", fault: { code: "too-slow", status: 0, seen } })
      }, firstToken)
    this.#exchange = send(this)
    this.#exchange.write(body)
    this.#exchange.endBody()
  }

  /** The first part of an answer has come; the limit on it no longer holds. */
  firstPart(): void {
    clearTimeout(this.#timer)
  }

  /** Ends it at once, and closes its connection; nothing more is told. */
  abort(): void {
    clearTimeout(this.#timer)
    this.#isOver = true
    this.#exchange?.abort()
  }

  fail(failure: Failure): void {
    if (this.#isOver) return
    this.abort()
    this.#owner.attemptFailed(this, failure)
  }

  /** The caller takes no more for now. */
  hold(): void {
    this.#isHeld = true
    this.#exchange?.pause()
  }

  resume(): void {
    this.#isHeld = false
    this.#exchange?.resume()
  }

  onInterim(): void {
    // What a provider says before its answer is for nobody.
  }

  onHead(head: ResponseHead): void {
    this.fields = head.fields
    this.#guarded(() => {
      this.#intake = this.#owner.answered(this, head)
    })
  }

  onData(bytes: Uint8Array): void {
    if (this.#isOver) return
    this.#guarded(() => this.#intake?.take(bytes))
    this.#pieces++
    if (!this.#isHeld && this.#pieces % MOST_PIECES === 0) this.#letOthers()
  }

  /** A provider that sends one byte at a time and never ends would keep this thread from everyone else. */
  #letOthers(): void {
    this.#exchange?.pause()
    setImmediate(() => {
      if (!this.#isHeld) this.#exchange?.resume()
    })
  }

  onEnd(): void {
    if (this.#isOver) return
    clearTimeout(this.#timer)
    // What was taken in may turn out to be no answer only now that it is whole.
    this.#guarded(() => this.#intake?.end())
    this.#isOver = true
  }

  onFault(fault: UpstreamFault): void {
    this.fail({ kind: "upstream", fault })
  }

  onDrain(): void {
    // The body was given whole; the connection holds what it could not take at once.
  }

  #guarded(act: () => void): void {
    try {
      act()
    } catch (fault) {
      this.abort()
      this.#owner.broke(fault)
    }
  }
}
