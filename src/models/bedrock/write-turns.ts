import type { CacheMark, TextPart, Turn } from "../form/content.ts"
import type { JsonObject } from "../json.ts"
import { cachePoint, type Writing, writeAnswerPart, writeText, writeToolResult, writeUserPart } from "./write-block.ts"

interface Message {
  readonly role: "user" | "assistant"
  /** Tool results, which come before all else in a message. */
  readonly results: JsonObject[]
  readonly content: JsonObject[]
}

/** Bedrock asks for a first message of the user; this stands where nothing is. */
const NOTHING_SAID: JsonObject = Object.freeze({ text: "(The conversation begins.)" })
/** Beside a document Bedrock asks for a text. */
const NO_TEXT: JsonObject = Object.freeze({ text: "(See the document.)" })

/** `messages` of Converse: roles alternate, so neighbours of one role become one message, in their order. */
export class Messages {
  readonly #list: Message[] = []
  readonly #writing: Writing

  constructor(writing: Writing) {
    this.#writing = writing
  }

  add(turn: Turn): void {
    const writing = this.#writing
    if ("name" in turn && turn.name !== undefined)
      writing.losses.drop("name of a turn", "Converse has no names of participants")
    switch (turn.role) {
      case "system":
        this.#instruct(turn.parts)
        return
      case "user":
        for (const it of turn.parts) this.#put("user", writeUserPart(it, writing), it.cache)
        return
      case "assistant":
        for (const it of turn.parts)
          this.#put("assistant", writeAnswerPart(it, writing), "cache" in it ? it.cache : undefined)
        return
      case "tool":
        for (const it of turn.results) this.#message("user").results.push(...writeToolResult(it, writing))
        return
    }
  }

  list(): readonly JsonObject[] {
    if (this.#list[0]?.role !== "user") {
      this.#writing.losses.drop("the first turn", "Bedrock's has to be the user's; one was put before it")
      this.#list.unshift({ role: "user", results: [], content: [NOTHING_SAID] })
    }
    return this.#list.map(({ role, results, content }) => {
      const lacksText = content.some((it) => "document" in it) && !content.some((it) => "text" in it)
      return { role, content: [...results, ...content, ...(lacksText ? [NO_TEXT] : [])] }
    })
  }

  #instruct(parts: readonly TextPart[]): void {
    this.#writing.losses.drop("the role of later instructions", "Converse takes them only before the conversation")
    for (const it of parts)
      this.#put("user", writeText(`<system>\n${it.text}\n</system>`, this.#writing.losses), it.cache)
  }

  #put(role: Message["role"], block: JsonObject | undefined, cache: CacheMark | undefined): void {
    if (block === undefined) return
    this.#message(role).content.push(block, ...cachePoint(cache, this.#writing))
  }

  #message(role: Message["role"]): Message {
    const last = this.#list.at(-1)
    if (last?.role === role) return last
    const made: Message = { role, results: [], content: [] }
    this.#list.push(made)
    return made
  }
}

/** `system` of Converse. */
export const writeSystem = (parts: readonly TextPart[], writing: Writing): readonly JsonObject[] =>
  parts.flatMap((it) => {
    const text = writeText(it.text, writing.losses)
    return text === undefined ? [] : [text, ...cachePoint(it.cache, writing)]
  })
