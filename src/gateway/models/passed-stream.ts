import type { ResponseHead } from "../../http/head.ts"
import type { StreamReader, StreamTap } from "../../models/codec.ts"
import { INBOUND, OUTBOUND } from "../../models/codecs.ts"
import type { ChatAnswer, ProviderError } from "../../models/form/answer.ts"
import { FormFault } from "../../models/form/fault.ts"
import { Fold } from "../../models/form/fold.ts"
import { bareRequest } from "../../models/form/request.ts"
import { WholeEvents } from "../../models/framing/whole-events.ts"
import { withoutUsageChunk } from "../../models/openai/stream-usage.ts"
import type { Attempt } from "./attempt.ts"
import { asFailure } from "./failure.ts"
import { type Intake, MOST_OF_ANSWER, unreadable } from "./intake.ts"
import type { ModelCall } from "./model-call.ts"
import { passedAnswerLines } from "./provider-lines.ts"

interface Remembered {
  readonly reader: StreamReader
  readonly fold: Fold
}

/**
 * A stream in the caller's own dialect: its bytes pass as they are, event by event, and are looked at for usage, faults and the
 * end. An event whose end has not come waits for it: what the caller is told of a cut cannot stand within one.
 */
export class PassedStream implements Intake {
  readonly #owner: ModelCall
  readonly #attempt: Attempt
  readonly #head: ResponseHead
  readonly #tap: StreamTap
  readonly #events = new WholeEvents()
  /** Reads it whole where a cache may keep it, and as long as it can be read. */
  #whole: Remembered | undefined
  #length = 0

  constructor(owner: ModelCall, attempt: Attempt, head: ResponseHead) {
    this.#owner = owner
    this.#attempt = attempt
    this.#head = head
    this.#tap = OUTBOUND[attempt.way.format].tap()
    this.#whole =
      owner.side.memory === undefined ? undefined : { reader: OUTBOUND[attempt.way.format].reader(), fold: new Fold() }
  }

  take(bytes: Uint8Array): void {
    const events = this.#events.push(bytes)
    if (events.length > 0 && this.#read(events)) this.#pass(events)
  }

  /** False where the bytes are of another format. */
  #read(bytes: Uint8Array): boolean {
    try {
      this.#tap.read(bytes)
    } catch (error) {
      if (!(error instanceof FormFault)) throw error
      this.#attempt.fail({ kind: "provider", fault: unreadable(this.#head.status, error.message) })
      return false
    }
    this.#length += bytes.length
    this.#attempt.tokens += eventsIn(bytes)
    if (this.#length > MOST_OF_ANSWER) this.#whole = undefined
    this.#remember((it) => it.reader.read(bytes, (event) => it.fold.add(event)))
    return true
  }

  #pass(bytes: Buffer): void {
    if (!this.#owner.hasBegun) {
      const { error } = this.#tap.seen
      if (error !== undefined) {
        this.#fail(error)
        return
      }
      const { form, model = "", endpoint } = this.#owner.asked
      this.#owner.side.stream = INBOUND[endpoint.dialect].writer(form ?? bareRequest(model, true), this.#attempt.losses)
      this.#owner.begin(this.#attempt, this.#head.status, passedAnswerLines(this.#head.fields), undefined)
    }
    const told = this.#attempt.isUsageAdded ? withoutUsageChunk(bytes) : bytes
    if (told.length > 0) this.#owner.write(withoutKey(told, this.#attempt.key?.secret))
  }

  end(): void {
    const rest = this.#events.close()
    if (rest.length > 0) {
      if (!this.#read(rest)) return
      // Some forget the last empty line. What was cut within an event is not passed on.
      if (this.#tap.seen.isWhole || this.#tap.seen.error !== undefined) this.#pass(rest)
    }
    const { error, isWhole, usage } = this.#tap.seen
    if (error !== undefined) this.#fail(error)
    else if (isWhole) this.#owner.finish(this.#head.status, usage, this.#answer())
    else
      this.#attempt.fail({
        kind: "provider",
        fault: { code: "cut", status: this.#head.status, seen: "an end without the last event" },
      })
  }

  #answer(): ChatAnswer | undefined {
    this.#remember((it) => it.reader.close((event) => it.fold.add(event)))
    const folded = this.#whole?.fold.result()
    return folded?.kind === "whole" ? folded.answer : undefined
  }

  /** What passes is the caller's to read; what cannot be read here is not remembered. */
  #remember(read: (whole: Remembered) => void): void {
    if (this.#whole === undefined) return
    try {
      read(this.#whole)
    } catch (error) {
      if (!(error instanceof FormFault)) throw error
      this.#whole = undefined
    }
  }

  /** Where the answer has begun, the provider's own words have told the caller already. */
  #fail(error: ProviderError): void {
    if (this.#owner.hasBegun) this.#owner.side.isErrorTold = true
    this.#attempt.fail(asFailure(error, this.#attempt.key?.secret))
  }
}

/** Errors within a stream may quote the key; all else passes as it is. */
const withoutKey = (events: Buffer, secret: string | undefined): Buffer =>
  secret === undefined || secret === "" || !events.includes(secret)
    ? events
    : Buffer.from(events.toString("latin1").replaceAll(secret, "***"), "latin1")

const EVENT = Buffer.from("\n\n")

function eventsIn(bytes: Uint8Array): number {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let count = 0
  for (let at = all.indexOf(EVENT); at >= 0; at = all.indexOf(EVENT, at + EVENT.length)) count++
  return count
}
