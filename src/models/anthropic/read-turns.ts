import type { AnswerPart, TextPart, ToolResult, Turn, UserPart } from "../form/content.ts"
import type { Place } from "../form/place.ts"
import { readAssistantBlock } from "./read-assistant-block.ts"
import { readTexts, readToolResult, readUserBlock } from "./read-user-block.ts"
import type { Unread } from "./unread.ts"

export interface Conversation {
  /** Instructions in messages that stand before all others. */
  readonly system: readonly TextPart[]
  readonly turns: readonly Turn[]
}

/** `messages`: what a user's message holds of tool results becomes a turn of its own, in its place. */
export function readTurns(messages: Place, unread: Unread): Conversation {
  const system: TextPart[] = []
  const turns: Turn[] = []
  const names = new Map<string, string>()
  if (messages.isAbsent) throw messages.fault("an array")
  for (const message of messages.items()) {
    unread.beside(message, ["role", "content"])
    const content = message.at("content")
    switch (message.at("role").oneOf(["user", "assistant", "system"])) {
      case "system": {
        const parts = readTexts(content, unread)
        if (turns.length === 0) system.push(...parts)
        else turns.push({ role: "system", parts })
        break
      }
      case "user":
        turns.push(...readUser(content, names, unread))
        break
      case "assistant": {
        const parts = readAssistant(content, unread)
        for (const it of parts) if (it.kind === "tool-call") names.set(it.id, it.name)
        turns.push({ role: "assistant", parts })
        break
      }
    }
  }
  return { system, turns }
}

function readAssistant(content: Place, unread: Unread): readonly AnswerPart[] {
  if (typeof content.value === "string") return [{ kind: "text", text: content.value }]
  return listed(content).map((it) => readAssistantBlock(it, unread))
}

function readUser(content: Place, names: ReadonlyMap<string, string>, unread: Unread): readonly Turn[] {
  if (typeof content.value === "string") return [{ role: "user", parts: [{ kind: "text", text: content.value }] }]
  const turns: Turn[] = []
  let parts: UserPart[] = []
  let results: ToolResult[] = []
  const close = (): void => {
    if (results.length > 0) turns.push({ role: "tool", results })
    if (parts.length > 0) turns.push({ role: "user", parts })
    parts = []
    results = []
  }
  for (const block of listed(content)) {
    if (block.at("type").text() === "tool_result") {
      if (parts.length > 0) close()
      results.push(readToolResult(block, names, unread))
    } else {
      if (results.length > 0) close()
      parts.push(readUserBlock(block, unread))
    }
  }
  close()
  return turns
}

function listed(content: Place): readonly Place[] {
  if (content.isAbsent) throw content.fault("a text or an array of content blocks")
  return content.items()
}
