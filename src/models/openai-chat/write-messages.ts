import type { AnswerPart, ToolResult, Turn } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import type { Json, JsonObject } from "../json.ts"
import type { Quirks } from "../quirks.ts"
import { textSignature, writeCalls, writeReasoning } from "./answer-parts.ts"
import { writeMark } from "./cache-mark.ts"
import { signed } from "./call.ts"
import { mayHave } from "./chat-quirks.ts"
import { alternating } from "./neighbours.ts"
import { isChat } from "./own.ts"
import { isSealed } from "./reasoning-details.ts"
import { callIds } from "./tool-call-ids.ts"
import { contentOf, joined, writeText, writeUserPart } from "./write-parts.ts"

/** `messages`: instructions first, then the turns; each result of a tool is a message. */
export function writeMessages(
  { system, turns }: Pick<ChatRequest, "system" | "turns">,
  quirks: Quirks,
  losses: Losses,
): readonly JsonObject[] {
  const writer = new Writer(quirks, losses)
  if (system.length > 0) writer.write({ role: "system", parts: system })
  for (const it of turns) writer.write(it)
  return quirks.roles === "alternating" ? alternating(writer.messages) : writer.messages
}

class Writer {
  readonly messages: JsonObject[] = []
  readonly #quirks: Quirks
  readonly #losses: Losses
  readonly #marks: boolean
  readonly #idOf: (id: string) => string
  readonly #content: (parts: readonly JsonObject[]) => Json

  constructor(quirks: Quirks, losses: Losses) {
    this.#quirks = quirks
    this.#losses = losses
    this.#marks = quirks.cacheControl === true
    this.#idOf = callIds(quirks)
    this.#content = quirks.content === "string" ? joined : contentOf
  }

  write(turn: Turn): void {
    switch (turn.role) {
      case "system": {
        const role = this.#quirks.developerRole === true ? "developer" : "system"
        const parts = turn.parts.map((it) => writeText(it, this.#marks, this.#losses))
        this.messages.push({ role, content: this.#content(parts) })
        return
      }
      case "user": {
        const parts = turn.parts.flatMap((it) => writeUserPart(it, this.#marks, this.#losses))
        this.messages.push({ role: "user", content: this.#content(parts), ...this.#name(turn.name) })
        return
      }
      case "assistant":
        this.messages.push({ ...this.#assistant(turn.parts), ...this.#name(turn.name) })
        return
      case "tool":
        this.#results(turn.results)
    }
  }

  #name(name: string | undefined): JsonObject {
    return name !== undefined && mayHave("name", this.#quirks, this.#losses) ? { name } : {}
  }

  #assistant(parts: readonly AnswerPart[]): JsonObject {
    const losses = this.#losses
    const texts = parts.filter((it) => it.kind === "text")
    const refusals = parts.filter((it) => it.kind === "refusal")
    const calls = writeCalls(parts, losses).map((it, at) => this.#call(it, calledIn(parts)[at]))
    if (texts.some(({ citations }) => citations !== undefined))
      losses.drop("citations of earlier answers", "OpenAI's messages do not take them back")
    const content = texts.map((it) => writeText(it, this.#marks, losses))
    return {
      role: "assistant",
      content: content.length === 0 ? (calls.length > 0 || refusals.length > 0 ? null : "") : this.#content(content),
      ...(refusals.length === 0 ? {} : { refusal: refusals.map(({ text }) => text).join("") }),
      ...this.#reasoning(parts, calls.length > 0),
      ...this.#sign(textSignature(texts, losses)),
      ...this.#audio(parts),
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
    }
  }

  #call(call: JsonObject, part: AnswerPart | undefined): JsonObject {
    const { extra_content: _, ...rest } = call
    const id = typeof call.id === "string" ? { id: this.#idOf(call.id) } : {}
    if (part?.kind !== "tool-call") return { ...rest, ...id }
    return { ...rest, ...id, ...this.#sign(part.signature), ...writeMark(part.cache, this.#marks, this.#losses) }
  }

  /** Gemini's signatures are taken by whoever takes details of thoughts. */
  #sign(signature: string | undefined): JsonObject {
    if (signature === undefined || this.#quirks.reasoningDetails === true) return signed(signature)
    this.#losses.drop("thought signatures", "the provider takes none in this format")
    return {}
  }

  #reasoning(parts: readonly AnswerPart[], hasCalls: boolean): JsonObject {
    const thoughts = parts.filter((it) => it.kind === "reasoning")
    if (thoughts.length === 0) return {}
    const { reasoning = "reasoning_content", reasoningDetails, reasoningEchoed } = this.#quirks
    if (reasoningDetails === true) return writeReasoning(thoughts, reasoning)
    if (thoughts.some(isSealed)) this.#losses.drop("signatures of thoughts", "the provider takes none in this format")
    if (reasoningEchoed === true && hasCalls) {
      const text = thoughts.map((it) => it.text).join("")
      return text === "" ? {} : { [reasoning]: text }
    }
    this.#losses.drop("thoughts of earlier turns", "the provider does not take them back")
    return {}
  }

  /** A sound that was made is told by its id; nothing else that was made is taken back. */
  #audio(parts: readonly AnswerPart[]): JsonObject {
    let id: string | undefined
    for (const part of parts) {
      if (part.kind !== "made") continue
      const isAudio = "type" in part.medium && part.medium.type?.startsWith("audio/") === true
      if (isAudio && part.id !== undefined && id === undefined) id = part.id
      else this.#losses.drop("made media of earlier turns", "OpenAI's chat takes back only sounds it has an id of")
    }
    return id === undefined ? {} : { audio: { id } }
  }

  #results(results: readonly ToolResult[]): void {
    const media: JsonObject[] = []
    for (const { id, parts, isError, cache } of results) {
      if (isError) this.#losses.drop("is_error of tool results", "OpenAI's results have no flag for it")
      const written = parts.flatMap((it) => writeUserPart(it, this.#marks, this.#losses))
      const texts = written.filter(({ type }) => type === "text")
      const others = written.filter(({ type }) => type !== "text")
      const mark = writeMark(cache, this.#marks, this.#losses)
      this.messages.push({ role: "tool", tool_call_id: this.#idOf(id), content: this.#content(texts), ...mark })
      if (others.length > 0) media.push({ type: "text", text: `Result of the tool call ${this.#idOf(id)}:` }, ...others)
    }
    // Messages of tools hold only text; what else came of them is said by the user, after all results.
    if (media.length > 0) this.messages.push({ role: "user", content: media })
  }
}

/** The parts that `writeCalls` writes, in their order. */
const calledIn = (parts: readonly AnswerPart[]): readonly AnswerPart[] =>
  parts.filter((it) => it.kind === "tool-call" || (it.kind === "opaque" && isChat(it.format)))
