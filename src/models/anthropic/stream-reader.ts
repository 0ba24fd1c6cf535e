import type { StreamReader } from "../codec.ts"
import type { StreamEvent } from "../form/events.ts"
import { FormFault } from "../form/fault.ts"
import { SseFrames } from "../framing/sse.ts"
import { isObject, type Json, type JsonObject, listOf, numberOf, objectOf, parseJson, textOf } from "../json.ts"
import { ArgumentsText } from "./arguments-text.ts"
import { readCitation } from "./citations.ts"
import { readStreamError } from "./errors.ts"
import { inputText, messageExtras } from "./read-answer.ts"
import { readStop } from "./stops.ts"
import { HeldBlock } from "./stream-block.ts"
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
  #index: number | undefined
  #held: HeldBlock | undefined
  #arguments: ArgumentsText | undefined
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

  #blockDelta(event: JsonObject): void {
    const { index, delta } = event
    if (!this.#isOpen(index) || !isObject(delta))
      throw new FormFault("content_block_delta", "of the block that has begun")
    if (this.#held !== undefined) {
      this.#held.add(delta)
      return
    }
    const part = this.#part
    switch (delta.type) {
      case "text_delta":
        this.#text(delta.text)
        return
      case "thinking_delta":
        this.#text(delta.thinking)
        return
      case "input_json_delta":
        this.#text(this.#arguments?.add(textOf(delta.partial_json) ?? ""))
        return
      case "signature_delta": {
        const signature = textOf(delta.signature) ?? ""
        if (signature !== "") this.#emit({ kind: "signature", choice: 0, part, signature })
        return
      }
      case "citations_delta":
        this.#cite(delta.citation)
        return
    }
  }

  #text(text: Json | undefined): void {
    if (typeof text === "string" && text !== "") this.#emit({ kind: "text", choice: 0, part: this.#part, text })
  }

  #cite(citation: Json | undefined): void {
    if (isObject(citation))
      this.#emit({ kind: "citation", choice: 0, part: this.#part, citation: readCitation(citation) })
  }

  #blockStart(event: JsonObject): void {
    const block = objectOf(event.content_block)
    if (!this.#isStarted || this.#index !== undefined || block === undefined)
      throw new FormFault("content_block_start", "a content block after the one before has ended")
    this.#index = numberOf(event.index) ?? -1
    const part = ++this.#part
    switch (block.type) {
      case "text":
        this.#emit({ kind: "part", choice: 0, part, begins: { kind: "text" } })
        this.#text(block.text)
        for (const it of listOf(block.citations)) this.#cite(it)
        return
      case "thinking": {
        this.#emit({ kind: "part", choice: 0, part, begins: { kind: "reasoning", format: "anthropic" } })
        this.#text(block.thinking)
        const signature = textOf(block.signature) ?? ""
        if (signature !== "") this.#emit({ kind: "signature", choice: 0, part, signature })
        return
      }
      case "redacted_thinking": {
        const redacted = textOf(block.data) ?? ""
        this.#emit({ kind: "part", choice: 0, part, begins: { kind: "reasoning", redacted, format: "anthropic" } })
        return
      }
      case "tool_use": {
        const [id, name] = [textOf(block.id) ?? "", textOf(block.name) ?? ""]
        this.#emit({ kind: "part", choice: 0, part, begins: { kind: "tool-call", id, name } })
        this.#arguments = new ArgumentsText()
        this.#text(this.#arguments.add(inputText(block.input)))
        return
      }
      default:
        this.#held = new HeldBlock(block)
    }
  }

  #blockStop(): void {
    if (this.#index === undefined) return
    const part = this.#part
    if (this.#held !== undefined) this.#emit({ kind: "part", choice: 0, part, begins: this.#held.begins() })
    this.#text(this.#arguments?.rest())
    this.#held = undefined
    this.#arguments = undefined
    this.#index = undefined
    this.#emit({ kind: "part-end", choice: 0, part })
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

  /** Some providers leave out the number. */
  #isOpen(index: Json | undefined): boolean {
    return this.#index !== undefined && (index === this.#index || typeof index !== "number")
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
