import { ArgumentsText } from "../anthropic/arguments-text.ts"
import { refuseDeep } from "../anthropic/nesting.ts"
import type { PartStart, StreamEvent } from "../form/events.ts"
import { isObject, type Json, type JsonObject, listOf, objectOf, parseObject, textOf } from "../json.ts"
import { readCitation } from "./citations.ts"
import { imageType, opaque } from "./read-answer.ts"

type Emit = (event: StreamEvent) => void

/** A content block of a stream, which says what it is by its start, or else by its first piece. */
export class StreamPart {
  readonly index: number
  readonly #part: number
  readonly #arguments: ArgumentsText | undefined
  #isBegun = false
  #signature = ""
  /** Encrypted thoughts, which are told whole. */
  #redacted: Buffer | undefined
  /** A server's tool, its result, or what is not known: told whole. */
  readonly #start: JsonObject | undefined
  #input = ""
  #results: readonly Json[] = []

  constructor(index: number, part: number, start: JsonObject, emit: Emit) {
    this.index = index
    this.#part = part
    const call = objectOf(start.toolUse)
    const image = objectOf(start.image)
    if (call !== undefined && call.type !== "server_tool_use") {
      this.#arguments = new ArgumentsText()
      this.#begin({ kind: "tool-call", id: textOf(call.toolUseId) ?? "", name: textOf(call.name) ?? "" }, emit)
    } else if (image !== undefined) {
      this.#begin({ kind: "made", medium: { kind: "inline", type: imageType(image), data: "" } }, emit)
    } else if (Object.keys(start).length > 0) this.#start = start
  }

  add(delta: JsonObject, emit: Emit): void {
    const { text } = delta
    if (typeof text === "string") {
      this.#say({ kind: "text" }, text, emit)
      return
    }
    const input = textOf(objectOf(delta.toolUse)?.input)
    if (input !== undefined) {
      if (this.#start !== undefined) this.#input += input
      else if (this.#arguments !== undefined) this.#text(this.#arguments.add(input), emit)
      return
    }
    const thought = objectOf(delta.reasoningContent)
    if (thought !== undefined) this.#think(thought, emit)
    const citation = objectOf(delta.citation)
    if (citation !== undefined) {
      this.#say({ kind: "text" }, "", emit)
      emit({ kind: "citation", choice: 0, part: this.#part, citation: readCitation(citation) })
    }
    const data = textOf(objectOf(objectOf(delta.image)?.source)?.bytes)
    if (data !== undefined && this.#isBegun) emit({ kind: "data", choice: 0, part: this.#part, data })
    this.#results = [...this.#results, ...listOf(delta.toolResult)]
  }

  /** Whether it was anything. */
  end(emit: Emit): boolean {
    if (this.#redacted !== undefined) {
      const redacted = this.#redacted.toString("base64")
      this.#begin({ kind: "reasoning", redacted, format: "bedrock" }, emit)
    }
    if (this.#start !== undefined) this.#begin({ kind: "opaque", part: opaque(this.#whole(this.#start)) }, emit)
    if (!this.#isBegun) return false
    this.#text(this.#arguments?.rest() ?? "", emit)
    if (this.#signature !== "") emit({ kind: "signature", choice: 0, part: this.#part, signature: this.#signature })
    emit({ kind: "part-end", choice: 0, part: this.#part })
    return true
  }

  #think({ text, signature, redactedContent }: JsonObject, emit: Emit): void {
    if (typeof redactedContent === "string") {
      const piece = Buffer.from(redactedContent, "base64")
      this.#redacted = this.#redacted === undefined ? piece : Buffer.concat([this.#redacted, piece])
      return
    }
    if (typeof text !== "string" && typeof signature !== "string") return
    this.#say({ kind: "reasoning", format: "bedrock" }, textOf(text) ?? "", emit)
    this.#signature += textOf(signature) ?? ""
  }

  #say(begins: PartStart, text: string, emit: Emit): void {
    if (!this.#isBegun) this.#begin(begins, emit)
    this.#text(text, emit)
  }

  #text(text: string, emit: Emit): void {
    if (text !== "") emit({ kind: "text", choice: 0, part: this.#part, text })
  }

  #begin(begins: PartStart, emit: Emit): void {
    if (this.#isBegun) return
    this.#isBegun = true
    emit({ kind: "part", choice: 0, part: this.#part, begins })
  }

  /** The block as it would stand in a whole answer. */
  #whole(start: JsonObject): JsonObject {
    const [name = "block"] = Object.keys(start)
    const inner = objectOf(start[name]) ?? {}
    if (this.#input !== "") {
      const input = parseObject(this.#input)
      refuseDeep(input)
      return { [name]: { ...inner, input: input ?? this.#input } }
    }
    if (this.#results.length === 0) return start
    return { [name]: { ...inner, content: this.#results.filter(isObject) } }
  }
}
