import type { AnswerPart, ToolResult, Turn, UserPart } from "./content.ts"
import type { ChatRequest } from "./request.ts"

/** A text somebody said, as far as it is text. */
export interface SaidText {
  readonly role: "system" | "user" | "assistant" | "tool"
  readonly text: string
}

type Change = (said: SaidText) => string

/** Every text of a request, in the order it is said: prompts, documents written out, results of tools, earlier answers and calls. */
export function textsOf(request: ChatRequest): readonly SaidText[] {
  const texts: SaidText[] = []
  withTexts(request, (it) => {
    texts.push(it)
    return it.text
  })
  return texts
}

/** The same request with each of its texts as `change` gives it; asked in the order of `textsOf`. */
export function withTexts(request: ChatRequest, change: Change): ChatRequest {
  const system = request.system.map((it) => ({ ...it, text: change({ role: "system", text: it.text }) }))
  return { ...request, system, turns: request.turns.map((it) => turnWith(it, change)) }
}

function turnWith(turn: Turn, change: Change): Turn {
  switch (turn.role) {
    case "system":
      return { ...turn, parts: turn.parts.map((it) => ({ ...it, text: change({ role: "system", text: it.text }) })) }
    case "user":
      return { ...turn, parts: turn.parts.map((it) => userPartWith(it, "user", change)) }
    case "assistant":
      return { ...turn, parts: turn.parts.map((it) => answerPartWith(it, change)) }
    case "tool":
      return { ...turn, results: turn.results.map((it) => resultWith(it, change)) }
  }
}

const resultWith = (result: ToolResult, change: Change): ToolResult => ({
  ...result,
  parts: result.parts.map((it) => userPartWith(it, "tool", change)),
})

function userPartWith(part: UserPart, role: "user" | "tool", change: Change): UserPart {
  switch (part.kind) {
    case "text":
      return { ...part, text: change({ role, text: part.text }) }
    case "document":
      return part.medium.kind === "text"
        ? { ...part, medium: { kind: "text", text: change({ role, text: part.medium.text }) } }
        : part
    case "image":
    case "audio":
    case "video":
    case "opaque":
      return part
  }
}

function answerPartWith(part: AnswerPart, change: Change): AnswerPart {
  switch (part.kind) {
    case "text":
    case "refusal":
      return { ...part, text: change({ role: "assistant", text: part.text }) }
    case "tool-call":
      return { ...part, arguments: change({ role: "assistant", text: part.arguments }) }
    // Thoughts are signed, and come back as they were or not at all.
    case "reasoning":
    case "made":
    case "opaque":
      return part
  }
}
