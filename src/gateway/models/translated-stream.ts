import type { StreamReader, StreamWriter } from "../../models/codec.ts"
import { inboundAt, OUTBOUND } from "../../models/codecs.ts"
import type { ProviderError } from "../../models/form/answer.ts"
import type { StreamEvent } from "../../models/form/events.ts"
import { FormFault } from "../../models/form/fault.ts"
import { Fold } from "../../models/form/fold.ts"
import type { Usage } from "../../models/form/usage.ts"
import { fieldText } from "./answer-head.ts"
import type { Attempt } from "./attempt.ts"
import { asFailure } from "./failure.ts"
import { type Intake, MOST_OF_ANSWER, unreadable } from "./intake.ts"
import type { ModelCall } from "./model-call.ts"

/** A stream in another format than the caller's, told anew event by event. */
export class TranslatedStream implements Intake {
  readonly #owner: ModelCall
  readonly #attempt: Attempt
  readonly #reader: StreamReader
  readonly #writer: StreamWriter
  /** What is told by events that were read and not sent yet. */
  #text = ""
  #usage: Usage | undefined
  readonly #fold: Fold | undefined
  #error: ProviderError | undefined
  #hasContent = false
  #hasEnded = false
  #length = 0

  constructor(owner: ModelCall, attempt: Attempt) {
    const { form, endpoint } = owner.asked
    if (form === undefined) throw new Error("a stream is told anew to a caller whose request was not read")
    this.#owner = owner
    this.#attempt = attempt
    this.#fold = owner.side.memory === undefined ? undefined : new Fold()
    this.#reader = OUTBOUND[attempt.way.format].reader()
    this.#writer = inboundAt(endpoint).writer(form, attempt.losses, owner.asked.course)
  }

  take(bytes: Uint8Array): void {
    this.#length += bytes.length
    // Writers, guardrails and caches add it up.
    if (this.#length > MOST_OF_ANSWER) {
      this.#attempt.fail({ kind: "provider", fault: unreadable(200, `more than ${MOST_OF_ANSWER} bytes`) })
      return
    }
    if (this.#read(() => this.#reader.read(bytes, this.#seen))) this.#flush()
  }

  end(): void {
    if (!this.#read(() => this.#reader.close(this.#seen)) || !this.#flush()) return
    if (!this.#hasEnded)
      this.#attempt.fail({
        kind: "provider",
        fault: { code: "cut", status: 200, seen: "an end without the last event" },
      })
    else if (this.#owner.guard?.judges === true) this.#owner.judged(() => this.#finish())
    else this.#finish()
  }

  #finish(): void {
    this.#text += this.#lateLosses()
    this.#send()
    this.#owner.finish(200, this.#usage, this.#fold?.result().answer)
  }

  /** What turned out only while the answer came that it cannot be told: as a comment, since its fields have gone. */
  #lateLosses(): string {
    const { side } = this.#owner
    const late = this.#attempt.losses.list().flatMap(({ what }) => (side.dropped.includes(what) ? [] : [what]))
    if (late.length === 0 || !this.#owner.hasBegun) return ""
    side.dropped = [...side.dropped, ...late]
    return this.#writer.type.startsWith("text/event-stream")
      ? `: Pinpoint-Dropped: ${late.map(fieldText).join(", ")}\n\n`
      : ""
  }

  /** Told as it is, and added up where a cache may keep it. */
  readonly #seen = (event: StreamEvent): void => {
    const { guard } = this.#owner
    if (guard === undefined) this.#told(event)
    else guard.pass(event, this.#told)
  }

  /** False where the bytes are of another format. */
  #read(act: () => void): boolean {
    try {
      act()
      return true
    } catch (error) {
      if (!(error instanceof FormFault)) throw error
      this.#attempt.fail({ kind: "provider", fault: unreadable(200, error.message) })
      return false
    }
  }

  readonly #told = (event: StreamEvent): void => {
    this.#fold?.add(event)
    switch (event.kind) {
      case "error":
        this.#error = event.error
        return
      case "usage":
        this.#usage = event.usage
        break
      case "end":
        this.#hasEnded = true
        this.#hasContent = true
        break
      case "start":
        this.#text += this.#writer.write({ ...event, model: this.#owner.asked.model ?? event.model })
        return
      case "ping":
        break
      case "text":
        this.#attempt.tokens++
        this.#hasContent = true
        break
      default:
        this.#hasContent = true
    }
    this.#text += this.#writer.write(event)
  }

  #send(): void {
    const owner = this.#owner
    if (this.#text === "" || !this.#hasContent) return
    if (!owner.hasBegun) {
      const lines = `Content-Type: ${this.#writer.type}\r\nCache-Control: no-cache\r\n`
      owner.side.stream = this.#writer
      owner.begin(this.#attempt, 200, lines, undefined)
    }
    owner.write(Buffer.from(this.#text))
    this.#text = ""
  }

  /** Sends what there is. Until something of the answer came it is held back, as another target may yet be asked. */
  #flush(): boolean {
    const { guard } = this.#owner
    if (guard?.needsWhole !== true) this.#send()
    // What is held back to be judged has come all the same.
    else if (this.#hasContent) this.#attempt.firstPart()
    if (guard?.stopped !== undefined) {
      this.#owner.judged(() => {
        throw new Error(`an answer that stopped at ${guard.stopped} was permitted`)
      })
      return false
    }
    if (this.#error === undefined) return true
    this.#attempt.fail(asFailure(this.#error, this.#attempt.key?.secret))
    return false
  }
}
