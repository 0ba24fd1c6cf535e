import type { StreamReader } from "../codec.ts"
import type { StreamEvent } from "../form/events.ts"
import { FormFault } from "../form/fault.ts"
import { SseFrames } from "../framing/sse.ts"
import { type JsonObject, objectOf, parseObject, textOf } from "../json.ts"
import { madeCallId } from "../openai-chat/made-id.ts"
import { PartSequence } from "../openai-chat/part-sequence.ts"
import { readStreamError } from "../openai-chat/read-error.ts"
import { argumentsOf, citationOf, logprobsOf, stopOf, usageOf } from "./answer-members.ts"
import { idOf } from "./read-answer.ts"

type To = (event: StreamEvent) => void
const IGNORED: To = () => undefined

/** `V2ChatStreamResponse` (cohere-ai, api/types): events from `message-start` to `message-end`. */
export class CohereStreamReader implements StreamReader {
  readonly #frames = new SseFrames((_, data) => this.#frame(data))
  readonly #parts = new PartSequence()
  #to: To = IGNORED
  #state: "waits" | "runs" | "over" = "waits"
  #id = ""
  #calls = 0
  #isCalling = false

  read(bytes: Uint8Array, to: To): void {
    this.#to = to
    this.#frames.push(bytes)
  }

  close(to: To): void {
    this.#to = to
    this.#frames.close()
  }

  #frame(data: string): void {
    if (this.#state === "over" || data === "" || data === "[DONE]") return
    const told = parseObject(data)
    if (told === undefined) throw new FormFault("data", "a JSON object")
    if (told.type === undefined && (told.message !== undefined || told.error !== undefined)) {
      this.#fail(told)
      return
    }
    if (this.#state === "waits") {
      this.#id = idOf(told.id)
      this.#state = "runs"
      this.#to({ kind: "start", id: this.#id, model: "", created: 0 })
    }
    this.#event(told, objectOf(told.delta))
  }

  #event(told: JsonObject, delta: JsonObject | undefined): void {
    const message = objectOf(delta?.message)
    switch (told.type) {
      case "content-delta":
        this.#content(objectOf(message?.content))
        this.#logprobs(told)
        return
      case "content-start":
        // What cites a text may come after its `content-end`, so that only the next part ends it.
        this.#parts.end(this.#to)
        this.#content(objectOf(message?.content))
        return
      case "tool-plan-delta":
        this.#parts.text("text", textOf(message?.tool_plan) ?? "", this.#to)
        return
      case "tool-call-start":
        this.#call(objectOf(message?.tool_calls))
        return
      case "tool-call-delta":
        if (this.#isCalling) this.#arguments(argumentsOf(objectOf(objectOf(message?.tool_calls)?.function)))
        return
      case "tool-call-end":
        this.#isCalling = false
        this.#parts.end(this.#to)
        return
      case "citation-start":
        this.#cite(objectOf(message?.citations))
        return
      case "message-end":
        this.#end(delta ?? {})
    }
  }

  #content(content: JsonObject | undefined): void {
    const thinking = textOf(content?.thinking) ?? ""
    if (thinking !== "") this.#parts.text("reasoning", thinking, this.#to)
    this.#parts.text("text", textOf(content?.text) ?? "", this.#to)
  }

  #logprobs(told: JsonObject): void {
    if (told.logprobs === undefined || told.logprobs === null) return
    const tokens = logprobsOf([told.logprobs])
    if (tokens !== undefined) this.#to({ kind: "logprobs", choice: 0, tokens })
  }

  #call(call: JsonObject | undefined): void {
    const told = objectOf(call?.function)
    const id = textOf(call?.id) || madeCallId(this.#id, 0, this.#calls)
    this.#calls++
    this.#isCalling = true
    this.#parts.begin({ kind: "tool-call", id, name: textOf(told?.name) ?? "" }, this.#to)
    this.#arguments(argumentsOf(told))
  }

  #arguments(text: string): void {
    if (text !== "") this.#to({ kind: "text", choice: 0, part: this.#parts.part, text })
  }

  #cite(told: JsonObject | undefined): void {
    const citation = citationOf(told)
    if (citation === undefined || told?.type === "THINKING_CONTENT") return
    this.#parts.beginText(this.#to)
    this.#to({ kind: "citation", choice: 0, part: this.#parts.part, citation })
  }

  #end(delta: JsonObject): void {
    if (typeof delta.error === "string") {
      this.#fail(delta)
      return
    }
    this.#state = "over"
    this.#parts.end(this.#to)
    const { stop, detail } = stopOf(delta.finish_reason, this.#calls > 0)
    this.#to({ kind: "stop", choice: 0, stop, ...(detail === undefined ? {} : { detail }) })
    const usage = usageOf(delta.usage)
    if (usage !== undefined) this.#to({ kind: "usage", usage })
    this.#to({ kind: "end" })
  }

  #fail(told: JsonObject): void {
    this.#state = "over"
    const usage = usageOf(told.usage)
    if (usage !== undefined) this.#to({ kind: "usage", usage })
    this.#to({ kind: "error", error: readStreamError(told) })
  }
}
