import type { StreamReader } from "../codec.ts"
import type { StreamEvent } from "../form/events.ts"
import { FormFault } from "../form/fault.ts"
import { SseFrames } from "../framing/sse.ts"
import { isObject, type Json, type JsonObject, numberOf, objectOf, parseJson, textOf } from "../json.ts"
import { readStreamError } from "./errors.ts"
import { refuseDeep } from "./nesting.ts"
import { messageExtras } from "./read-answer.ts"
import { readStop } from "./stops.ts"
import { StreamPart } from "./stream-part.ts"
import { laterUsage, readUsage, uncounted } from "./usage.ts"

type Emit = (event: StreamEvent) => void

/** Reads `RawMessageStreamEvent`s of the SDK. Blocks of a message follow each other and never overlap. */
export class AnthropicReader implements StreamReader {
  readonly #frames = new SseFrames((_, data) => this.#event(data))
  #emit: Emit = () => undefined
  #isStarted = false
  #isOver = false
  #isClosing = false
  #isStopped = false
  #part = -1
  #open: StreamPart | undefined
  /** Of the open block. */
  #index: number | undefined
  #usage: JsonObject | undefined
  #delta: JsonObject = {}

  read(bytes: Uint8Array, to: Emit): void {
    this.#emit = to
    this.#frames.push(bytes)
  }

  close(to: Emit): void {
    this.#emit = to
    this.#isClosing = true
    this.#frames.close()
  }

  #event(data: string): void {
    if (this.#isOver) return
    const event = parsed(data)
    if (!isObject(event)) {
      // What is left at the end may be half an event, of a stream that was cut.
      if (this.#isClosing) return
      throw new FormFault("", "events that are JSON objects")
    }
    const { type } = event
    if (type === "content_block_delta") {
      this.#blockDelta(event)
      return
    }
    refuseDeep(event)
    switch (type) {
      case "message_start":
        this.#start(objectOf(event.message) ?? {})
        return
      case "content_block_start":
        this.#blockStart(event)
        return
      case "content_block_stop":
        this.#blockStop()
        return
      case "message_delta":
        this.#messageDelta(event)
        return
      case "message_stop":
        this.#stop()
        return
      case "ping":
        this.#emit({ kind: "ping" })
        return
      case "error":
        this.#isOver = true
        this.#emit({ kind: "error", error: readStreamError(event) })
        return
      default:
        // Anthropic's versioning policy: new types of events may come.
        return
    }
  }

  #start(message: JsonObject): void {
    if (this.#isStarted) return
    this.#isStarted = true
    const extras = messageExtras(message, undefined)
    const [id, model] = [textOf(message.id) ?? "", textOf(message.model) ?? ""]
    this.#emit({ kind: "start", id, model, created: 0, ...(extras === undefined ? {} : { extras }) })
    this.#count(objectOf(message.usage))
  }

  #blockDelta({ index, delta }: JsonObject): void {
    // Some providers leave out the number.
    const isOpen = index === this.#index || typeof index !== "number"
    if (this.#open === undefined || !isOpen || !isObject(delta))
      throw new FormFault("content_block_delta", "of the block that has begun")
    this.#open.add(delta, this.#emit)
  }

  #blockStart({ index, content_block: block }: JsonObject): void {
    if (!this.#isStarted || this.#open !== undefined || !isObject(block))
      throw new FormFault("content_block_start", "a content block after the one before has ended")
    this.#index = numberOf(index)
    this.#part++
    this.#open = new StreamPart(this.#part, block, this.#emit)
  }

  #blockStop(): void {
    this.#open?.end(this.#emit)
    this.#open = undefined
  }

  #messageDelta(event: JsonObject): void {
    if (!this.#isStarted) throw new FormFault("message_delta", "after message_start")
    const delta = objectOf(event.delta) ?? {}
    this.#delta = laterUsage(this.#delta, delta)
    this.#blockStop()
    const reason = textOf(delta.stop_reason)
    if (reason !== undefined) this.#end(reason, textOf(delta.stop_sequence))
    this.#count(objectOf(event.usage))
  }

  #end(reason: string | undefined, sequence: string | undefined): void {
    if (this.#isStopped) return
    this.#isStopped = true
    this.#emit({ kind: "stop", choice: 0, ...readStop(reason, sequence) })
  }

  #count(usage: JsonObject | undefined): void {
    if (usage === undefined) return
    this.#usage = laterUsage(this.#usage ?? {}, usage)
    this.#emit({ kind: "usage", usage: readUsage(this.#usage) })
  }

  #stop(): void {
    if (!this.#isStarted) throw new FormFault("message_stop", "after message_start")
    this.#isOver = true
    this.#blockStop()
    this.#end(undefined, undefined)
    const extras = messageExtras(this.#delta, this.#usage === undefined ? undefined : uncounted(this.#usage))
    const serviceTier = textOf(this.#usage?.service_tier)
    this.#emit({
      kind: "end",
      ...(serviceTier === undefined ? {} : { serviceTier }),
      ...(extras === undefined ? {} : { extras }),
    })
  }
}

/** Undefined where it is no JSON; a RangeError is what JSON that nests too deep comes to. */
function parsed(data: string): Json | undefined {
  try {
    return parseJson(data)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined
    throw error
  }
}
