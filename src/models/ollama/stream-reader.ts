import type { StreamReader } from "../codec.ts"
import type { StreamEvent } from "../form/events.ts"
import { FormFault } from "../form/fault.ts"
import { NdjsonLines } from "../framing/ndjson.ts"
import { type JsonObject, listOf, objectOf, parseObject, textOf } from "../json.ts"
import { PartSequence } from "../openai-chat/part-sequence.ts"
import { readStreamError } from "../openai-chat/read-error.ts"
import { callOf, headOf, logprobsOf, stopOf, usageOf } from "./answer-members.ts"

type To = (event: StreamEvent) => void
const IGNORED: To = () => undefined

/** A `ChatResponse` a line, the last with `done: true`; a failure is a line `{"error": "…"}`. */
export class OllamaStreamReader implements StreamReader {
  readonly #lines = new NdjsonLines((line) => this.#line(line))
  readonly #parts = new PartSequence()
  #to: To = IGNORED
  #state: "waits" | "runs" | "over" = "waits"
  #id = ""
  #calls = 0

  read(bytes: Uint8Array, to: To): void {
    this.#to = to
    this.#lines.push(bytes)
  }

  close(to: To): void {
    this.#to = to
    this.#lines.close()
  }

  #line(line: string): void {
    if (this.#state === "over") return
    const told = parseObject(line)
    if (told === undefined) throw new FormFault("line", "a JSON object")
    if (told.error !== undefined && told.error !== null) {
      this.#state = "over"
      this.#to({ kind: "error", error: readStreamError(told) })
      return
    }
    if (this.#state === "waits") {
      const head = headOf(told)
      this.#id = head.id
      this.#state = "runs"
      this.#to({ kind: "start", ...head })
    }
    const message = objectOf(told.message)
    if (message !== undefined) this.#message(message)
    const tokens = logprobsOf(told)
    if (tokens !== undefined) this.#to({ kind: "logprobs", choice: 0, tokens })
    if (told.done === true) this.#done(told)
  }

  #message(message: JsonObject): void {
    this.#parts.text("reasoning", textOf(message.thinking) ?? "", this.#to)
    this.#parts.text("text", textOf(message.content) ?? "", this.#to)
    for (const it of listOf(message.tool_calls)) {
      const call = callOf(it, this.#id, this.#calls)
      if (call === undefined) continue
      this.#calls++
      this.#parts.begin({ kind: "tool-call", id: call.id, name: call.name }, this.#to)
      if (call.arguments !== "") this.#to({ kind: "text", choice: 0, part: this.#parts.part, text: call.arguments })
      this.#parts.end(this.#to)
    }
  }

  #done(told: JsonObject): void {
    this.#state = "over"
    this.#parts.end(this.#to)
    const { stop, detail } = stopOf(told, this.#calls > 0)
    this.#to({ kind: "stop", choice: 0, stop, ...(detail === undefined ? {} : { detail }) })
    const usage = usageOf(told)
    if (usage !== undefined) this.#to({ kind: "usage", usage })
    this.#to({ kind: "end" })
  }
}
