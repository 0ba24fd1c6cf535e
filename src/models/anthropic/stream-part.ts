import type { PartStart, StreamEvent } from "../form/events.ts"
import { isObject, type Json, type JsonObject, listOf, textOf } from "../json.ts"
import { ArgumentsText } from "./arguments-text.ts"
import { readCitation } from "./citations.ts"
import { refuseDeep } from "./nesting.ts"
import { inputText } from "./read-answer.ts"
import { HeldBlock } from "./stream-block.ts"

type Emit = (event: StreamEvent) => void

/** A content block of a stream, from `content_block_start` to `content_block_stop`. */
export class StreamPart {
  readonly #part: number
  readonly #arguments: ArgumentsText | undefined
  readonly #held: HeldBlock | undefined

  constructor(part: number, block: JsonObject, emit: Emit) {
    this.#part = part
    switch (block.type) {
      case "text":
        this.#begin({ kind: "text" }, emit)
        this.#text(block.text, emit)
        for (const it of listOf(block.citations)) this.#cite(it, emit)
        return
      case "thinking":
        this.#begin({ kind: "reasoning", format: "anthropic" }, emit)
        this.#text(block.thinking, emit)
        this.#sign(block.signature, emit)
        return
      case "redacted_thinking":
        this.#begin({ kind: "reasoning", redacted: textOf(block.data) ?? "", format: "anthropic" }, emit)
        return
      case "tool_use":
        this.#begin({ kind: "tool-call", id: textOf(block.id) ?? "", name: textOf(block.name) ?? "" }, emit)
        this.#arguments = new ArgumentsText()
        this.#text(this.#arguments.add(inputText(block.input)), emit)
        return
      default:
        this.#held = new HeldBlock(block)
    }
  }

  add(delta: JsonObject, emit: Emit): void {
    if (this.#held !== undefined) {
      refuseDeep(delta)
      this.#held.add(delta)
      return
    }
    switch (delta.type) {
      case "text_delta":
        this.#text(delta.text, emit)
        return
      case "thinking_delta":
        this.#text(delta.thinking, emit)
        return
      case "input_json_delta":
        this.#text(this.#arguments?.add(textOf(delta.partial_json) ?? ""), emit)
        return
      case "signature_delta":
        this.#sign(delta.signature, emit)
        return
      case "citations_delta":
        this.#cite(delta.citation, emit)
        return
    }
  }

  end(emit: Emit): void {
    if (this.#held !== undefined) this.#begin(this.#held.begins(), emit)
    this.#text(this.#arguments?.rest(), emit)
    emit({ kind: "part-end", choice: 0, part: this.#part })
  }

  #begin(begins: PartStart, emit: Emit): void {
    emit({ kind: "part", choice: 0, part: this.#part, begins })
  }

  #text(text: Json | undefined, emit: Emit): void {
    if (typeof text === "string" && text !== "") emit({ kind: "text", choice: 0, part: this.#part, text })
  }

  #sign(signature: Json | undefined, emit: Emit): void {
    if (typeof signature === "string" && signature !== "")
      emit({ kind: "signature", choice: 0, part: this.#part, signature })
  }

  #cite(citation: Json | undefined, emit: Emit): void {
    if (!isObject(citation)) return
    refuseDeep(citation)
    emit({ kind: "citation", choice: 0, part: this.#part, citation: readCitation(citation) })
  }
}
