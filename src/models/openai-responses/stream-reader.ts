import type { StreamReader } from "../codec.ts"
import type { StreamEvent } from "../form/events.ts"
import { FormFault } from "../form/fault.ts"
import { SseFrames } from "../framing/sse.ts"
import { type JsonObject, numberOf, objectOf, parseObject, textOf } from "../json.ts"
import { readStreamError } from "./errors.ts"
import { ResponseEvents } from "./response-events.ts"
import { readUsage } from "./usage.ts"

/** Sections of thoughts are numbered beside those of their summary. */
const SUMMARIES = 1_000_000

/** Reads the typed events of a response's stream. Those that tell nothing new, and those not known, are passed over. */
export class ResponsesReader implements StreamReader {
  #to: (event: StreamEvent) => void = () => undefined
  #isOver = false
  #isClosing = false
  readonly #frames = new SseFrames((_, data) => this.#data(data))
  readonly #events = new ResponseEvents((event) => this.#to(event))

  read(bytes: Uint8Array, to: (event: StreamEvent) => void): void {
    this.#to = to
    this.#frames.push(bytes)
  }

  close(to: (event: StreamEvent) => void): void {
    this.#to = to
    this.#isClosing = true
    this.#frames.close()
  }

  #data(data: string): void {
    // Some who speak this dialect end their streams as chat completions end.
    if (this.#isOver || data === "[DONE]") return
    const event = parseObject(data)
    // What a cut stream leaves may be half an event.
    if (event === undefined && this.#isClosing) return
    if (event === undefined) throw new FormFault("", "a stream whose events are JSON objects")
    if (event.type !== "response.output_text.delta") {
      this.#event(event)
      return
    }
    const { output_index, content_index, delta } = event
    if (typeof delta === "string") this.#events.text(numberOf(output_index) ?? 0, numberOf(content_index) ?? 0, delta)
  }

  #event(event: JsonObject): void {
    const item = numberOf(event.output_index) ?? 0
    const content = numberOf(event.content_index) ?? 0
    const delta = textOf(event.delta) ?? ""
    switch (event.type) {
      case "response.created":
      case "response.queued":
      case "response.in_progress":
        this.#events.start(objectOf(event.response) ?? {})
        return
      case "response.output_item.added":
        this.#events.itemBegins(item, objectOf(event.item) ?? {})
        return
      case "response.refusal.delta":
        this.#events.refusal(item, content, delta)
        return
      case "response.output_text.annotation.added":
        this.#events.citation(item, content, event.annotation)
        return
      case "response.function_call_arguments.delta":
        this.#events.callArguments(item, delta)
        return
      case "response.reasoning_summary_text.delta":
        this.#events.thought(item, SUMMARIES + (numberOf(event.summary_index) ?? 0), delta)
        return
      case "response.reasoning_text.delta":
        this.#events.thought(item, content, delta)
        return
      case "response.output_item.done":
        this.#events.itemDone(item, objectOf(event.item) ?? {})
        return
      case "response.completed":
      case "response.incomplete":
        this.#events.finish(objectOf(event.response) ?? {})
        this.#isOver = true
        return
      case "response.failed":
        this.#failed(objectOf(event.response) ?? {})
        return
      case "error":
        this.#isOver = true
        this.#to({ kind: "error", error: readStreamError(objectOf(event.error) ?? event) })
        return
      default:
        this.#untyped(event)
    }
  }

  /** Gateways that fail send an error as chat completions have it. */
  #untyped(event: JsonObject): void {
    const error = objectOf(event.error)
    if (event.type !== undefined || error === undefined) return
    this.#isOver = true
    this.#to({ kind: "error", error: readStreamError(error) })
  }

  #failed(response: JsonObject): void {
    this.#isOver = true
    const usage = readUsage(response.usage)
    if (usage !== undefined) this.#to({ kind: "usage", usage })
    this.#to({ kind: "error", error: readStreamError(objectOf(response.error)) })
  }
}
