import type { TextPart, Turn } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import type { JsonObject } from "../json.ts"
import type { CallIds } from "./call-ids.ts"
import { writeAnswerPart } from "./write-answer-part.ts"
import { plainText, writeText, writeToolResult, writeUserPart } from "./write-user-block.ts"

interface Message {
  readonly role: "user" | "assistant" | "system"
  /** Tool results, which Anthropic wants before all else in a message. */
  readonly results: JsonObject[]
  readonly content: JsonObject[]
}

/** A conversation has to begin with the user; this stands where nothing is. */
const NOTHING_SAID: JsonObject = Object.freeze({ type: "text", text: "(The conversation begins.)" })

/** `messages`: neighbours of one role become one message, in their order. */
export class Messages {
  readonly #list: Message[] = []
  readonly #ids: CallIds
  readonly #takesSystem: boolean
  readonly #losses: Losses

  constructor(ids: CallIds, takesSystem: boolean, losses: Losses) {
    this.#ids = ids
    this.#takesSystem = takesSystem
    this.#losses = losses
  }

  add(turn: Turn): void {
    if ("name" in turn && turn.name !== undefined)
      this.#losses.drop("name of a turn", "Anthropic has no names of participants")
    switch (turn.role) {
      case "system":
        this.#instruct(turn.parts)
        return
      case "user":
        for (const part of turn.parts) this.#put("user", writeUserPart(part, this.#losses))
        return
      case "assistant":
        for (const part of turn.parts) this.#put("assistant", writeAnswerPart(part, this.#ids, this.#losses))
        return
      case "tool":
        for (const it of turn.results) this.#message("user").results.push(writeToolResult(it, this.#ids, this.#losses))
        return
    }
  }

  list(): readonly JsonObject[] {
    if (this.#list[0]?.role !== "user") {
      this.#losses.drop("the first turn", "Anthropic's has to be the user's; one was put before it")
      this.#list.unshift({ role: "user", results: [], content: [NOTHING_SAID] })
    }
    return this.#list.map(({ role, results, content }) => {
      const blocks = results.length === 0 ? content : [...results, ...content]
      return { role, content: plainText(blocks) ?? blocks }
    })
  }

  /** Instructions may follow what the user said; elsewhere, and for older models, the user tells them. */
  #instruct(parts: readonly TextPart[]): void {
    const said = parts.filter((it) => it.text !== "")
    const last = this.#list.at(-1)?.role
    if (this.#takesSystem && (last === "user" || last === "system")) {
      for (const it of said) this.#put("system", writeText(it))
      return
    }
    if (said.length > 0) this.#losses.drop("the role of later instructions", "the model takes them only from the user")
    for (const it of said) this.#put("user", writeText({ ...it, text: `<system>\n${it.text}\n</system>` }))
  }

  #put(role: Message["role"], block: JsonObject | undefined): void {
    if (block !== undefined) this.#message(role).content.push(block)
  }

  #message(role: Message["role"]): Message {
    const last = this.#list.at(-1)
    if (last?.role === role) return last
    const made: Message = { role, results: [], content: [] }
    this.#list.push(made)
    return made
  }
}
