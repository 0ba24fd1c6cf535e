import type { TextPart, ToolResult, Turn } from "../form/content.ts"
import type { Place } from "../form/place.ts"
import { isList } from "../json.ts"
import { readMark } from "./cache-mark.ts"
import type { Leftovers } from "./leftovers.ts"
import { madeCallId } from "./made-id.ts"
import { readParts } from "./read-answer.ts"
import { readTexts, readUserParts } from "./read-parts.ts"

const ROLES = ["system", "developer", "user", "assistant", "tool", "function"] as const
const INSTRUCTIONS: ReadonlySet<string> = new Set(["role", "content"])
const USER: ReadonlySet<string> = new Set(["role", "content", "name"])
const ASSISTANT: ReadonlySet<string> = new Set([
  ...USER,
  "refusal",
  "tool_calls",
  "function_call",
  "audio",
  "images",
  "annotations",
  "reasoning_content",
  "reasoning",
  "reasoning_details",
  "extra_content",
])
const TOOL: ReadonlySet<string> = new Set([...USER, "tool_call_id", "cache_control"])

export interface Conversation {
  readonly system: readonly TextPart[]
  readonly turns: readonly Turn[]
}

/** `messages`. Instructions before all else are the request's; results that follow each other are one turn. */
export function readMessages(messages: Place, left: Leftovers): Conversation {
  if (messages.isAbsent) throw messages.fault("an array")
  const reader = new Reader(left)
  for (const it of messages.items()) reader.read(it)
  return reader
}

class Reader implements Conversation {
  readonly system: TextPart[] = []
  readonly turns: Turn[] = []
  readonly #left: Leftovers
  /** Names of the tools that were called, by the id of the call. */
  readonly #names = new Map<string, string>()

  constructor(left: Leftovers) {
    this.#left = left
  }

  read(message: Place): void {
    const role = message.at("role").oneOf(ROLES)
    const content = message.at("content")
    switch (role) {
      case "system":
      case "developer": {
        this.#left.take(message.value, INSTRUCTIONS, "messages[].")
        const parts = readTexts(content, this.#left)
        if (this.turns.length === 0) this.system.push(...parts)
        else this.turns.push({ role: "system", parts })
        return
      }
      case "user":
        this.#left.take(message.value, USER, "messages[].")
        this.turns.push({ role, parts: readUserParts(content, this.#left), ...named(message) })
        return
      case "assistant":
        this.turns.push(this.#assistant(message))
        return
      case "tool": {
        this.#left.take(message.value, TOOL, "messages[].")
        this.#result(message, message.at("tool_call_id").text())
        return
      }
      case "function":
        this.#result(message, this.#idOf(message.at("name").text()))
    }
  }

  #assistant(message: Place): Turn {
    this.#left.take(message.value, ASSISTANT, "messages[].")
    checkAssistant(message)
    const turn = this.turns.length
    const parts = readParts(message.object(), (call) => madeCallId("", turn, call))
    for (const it of parts) if (it.kind === "tool-call") this.#names.set(it.id, it.name)
    return { role: "assistant", parts, ...named(message) }
  }

  #result(message: Place, id: string): void {
    const name = this.#names.get(id) ?? message.at("name").optionalText()
    const content = message.at("content")
    const parts = content.isAbsent ? [] : readUserParts(content, this.#left)
    const result: ToolResult = {
      id,
      ...(name === undefined ? {} : { name }),
      parts,
      isError: false,
      ...readMark(message),
    }
    const last = this.turns.at(-1)
    if (last?.role === "tool") this.turns[this.turns.length - 1] = { role: "tool", results: [...last.results, result] }
    else this.turns.push({ role: "tool", results: [result] })
  }

  /** Of the last call of a function: legacy results tell its name alone. */
  #idOf(name: string): string {
    const found = [...this.#names].findLast(([, it]) => it === name)
    return found?.[0] ?? madeCallId("", this.turns.length, 0)
  }
}

function named(message: Place): { readonly name?: string } {
  const name = message.at("name").optionalText()
  return name === undefined ? {} : { name }
}

/** Answers are read tolerantly, requests are not: what is no message of an assistant is a fault with its place. */
function checkAssistant(message: Place): void {
  const content = message.at("content")
  if (isList(content.value)) {
    for (const it of content.items()) {
      const kind = it.at("type").oneOf(["text", "refusal", "thinking"])
      if (kind !== "thinking") it.at(kind).text()
    }
  } else content.optionalText()
  message.at("refusal").optionalText()
  for (const name of ["reasoning_content", "reasoning"]) message.at(name).optionalText()
  for (const call of message.at("tool_calls").items()) {
    call.at("id").text()
    const kind = call.at("type").isAbsent ? "function" : call.at("type").oneOf(["function", "custom"])
    call.at(kind).at("name").text()
    if (kind === "function") call.at(kind).at("arguments").optionalText()
    else call.at(kind).at("input").text()
  }
  const legacy = message.at("function_call")
  if (!legacy.isAbsent) legacy.at("name").text()
}
