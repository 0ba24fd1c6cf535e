import { refuseDeep } from "../anthropic/nesting.ts"
import type { StreamReader } from "../codec.ts"
import type { StreamEvent } from "../form/events.ts"
import { FormFault } from "../form/fault.ts"
import { type EventHeaders, EventStreamFrames } from "../framing/event-stream.ts"
import { isObject, type Json, type JsonObject, numberOf, objectOf, parseJson, textOf } from "../json.ts"
import { readStreamError } from "./errors.ts"
import { extrasOf, madeId } from "./read-answer.ts"
import { readStop } from "./stops.ts"
import { StreamPart } from "./stream-part.ts"
import { readUsage } from "./usage.ts"

type Emit = (event: StreamEvent) => void

/**
 * Reads `ConverseStreamOutput` of the SDK. The answer is whole with `messageStop`; `metadata` follows with the usage, and the
 * stream ends with it.
 */
export class BedrockReader implements StreamReader {
  readonly #frames = new EventStreamFrames((headers, payload) => this.#message(headers, payload))
  #emit: Emit = () => undefined
  #isStarted = false
  #isStopped = false
  #isOver = false
  #part = -1
  #open: StreamPart | undefined
  #last: JsonObject = {}

  read(bytes: Uint8Array, to: Emit): void {
    this.#emit = to
    this.#frames.push(bytes)
  }

  close(to: Emit): void {
    this.#emit = to
    if (this.#isStopped && this.#frames.isBetween) this.#end()
  }

  #message(headers: EventHeaders, payload: Buffer): void {
    if (this.#isOver) return
    const kind = headers.get(":message-type")
    if (kind === "exception" || kind === "error") {
      this.#isOver = true
      this.#emit({ kind: "error", error: readStreamError(headers, payload.toString("utf8")) })
      return
    }
    const type = headers.get(":event-type")
    const event = parsed(payload)
    switch (type) {
      case "contentBlockDelta":
        this.#blockDelta(event)
        return
      case "messageStart":
        this.#start()
        return
      case "contentBlockStart":
        refuseDeep(event)
        this.#begin(event, objectOf(event.start) ?? {})
        return
      case "contentBlockStop":
        this.#blockStop()
        return
      case "messageStop":
        this.#stop(event)
        return
      case "metadata":
        this.#metadata(event)
        return
      default:
        // New kinds of events may come.
        return
    }
  }

  #start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    this.#emit({ kind: "start", id: madeId(), model: "", created: 0 })
  }

  /** Only tools and images are begun by an event of their own; a text begins with its first piece. */
  #blockDelta(event: JsonObject): void {
    const delta = objectOf(event.delta) ?? {}
    if (typeof delta.text !== "string") refuseDeep(delta)
    const open = this.#open
    if (open !== undefined && open.index === event.contentBlockIndex) open.add(delta, this.#emit)
    else this.#begin(event, {}).add(delta, this.#emit)
  }

  #begin(event: JsonObject, start: JsonObject): StreamPart {
    if (!this.#isStarted) throw new FormFault("contentBlockStart", "after messageStart")
    const index = numberOf(event.contentBlockIndex)
    if (this.#open !== undefined || index === undefined)
      throw new FormFault("contentBlockIndex", "that of the block that has begun and not ended")
    this.#part++
    this.#open = new StreamPart(index, this.#part, start, this.#emit)
    return this.#open
  }

  #blockStop(): void {
    if (this.#open === undefined) return
    // A block may end before anything of it came; then there is no telling what it would have been.
    if (!this.#open.end(this.#emit)) this.#part--
    this.#open = undefined
  }

  #stop(event: JsonObject): void {
    if (!this.#isStarted || this.#isStopped) return
    refuseDeep(event)
    this.#blockStop()
    this.#isStopped = true
    this.#last = event
    const { stop, detail } = readStop(textOf(event.stopReason), objectOf(event.additionalModelResponseFields))
    this.#emit({ kind: "stop", choice: 0, stop, ...(detail === undefined ? {} : { detail }) })
  }

  #metadata(event: JsonObject): void {
    refuseDeep(event)
    const usage = objectOf(event.usage)
    if (!this.#isStarted) throw new FormFault("metadata", "after messageStart")
    if (usage !== undefined) this.#emit({ kind: "usage", usage: readUsage(usage) })
    this.#last = { ...event, ...this.#last }
    if (this.#isStopped) this.#end()
  }

  #end(): void {
    if (this.#isOver) return
    this.#isOver = true
    const extras = extrasOf(this.#last)
    const serviceTier = textOf(objectOf(this.#last.serviceTier)?.type)
    this.#emit({
      kind: "end",
      ...(serviceTier === undefined ? {} : { serviceTier }),
      ...(extras === undefined ? {} : { extras }),
    })
  }
}

export function parsed(payload: Buffer): JsonObject {
  let value: Json
  try {
    value = parseJson(payload.toString("utf8"))
  } catch (error) {
    // A RangeError is what JSON that nests too deep comes to.
    if (error instanceof SyntaxError || error instanceof RangeError) throw new FormFault("", "events in JSON")
    throw error
  }
  if (!isObject(value)) throw new FormFault("", "events that are JSON objects")
  return value
}
