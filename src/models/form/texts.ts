import { argumentsWith } from "./argument-texts.ts"
import type { AnswerPart, DocumentPart, ToolResult, Turn, UserPart } from "./content.ts"
import type { ChatRequest, OutputForm, Tool } from "./request.ts"
import { withStringsOf } from "./strings.ts"

/** A text somebody said, as far as it is text. */
export interface SaidText {
  readonly role: "system" | "user" | "assistant" | "tool"
  readonly text: string
  /** It stands beside what is said: in the description of a tool or a document, a thought, a member that one format knows. */
  readonly isAside?: true
}

type Change = (said: SaidText) => string

/**
 * Every text of a request that a model may come to read, in the order it is said: prompts, documents written out, results of
 * tools, earlier answers and calls; beside them tools, schemas, and what only one format knows.
 */
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
  const turns = request.turns.map((it) => turnWith(it, change))
  const aside = (text: string): string => change({ role: "system", text, isAside: true })
  const { user, metadata, extras } = request
  return {
    ...request,
    system,
    turns,
    tools: request.tools.map((it) => toolWith(it, aside)),
    output: outputWith(request.output, aside),
    ...(user !== undefined && { user: aside(user) }),
    ...(metadata && { metadata: withStringsOf(metadata, aside) }),
    ...(extras && { extras: { ...extras, members: withStringsOf(extras.members, aside) } }),
  }
}

type ChangeText = (text: string) => string

function toolWith(tool: Tool, change: ChangeText): Tool {
  if (tool.kind === "provider") return { ...tool, value: withStringsOf(tool.value, change) }
  const { description, parameters } = tool
  return {
    ...tool,
    ...(description !== undefined && { description: change(description) }),
    ...(parameters && { parameters: withStringsOf(parameters, change) }),
  }
}

function outputWith(output: OutputForm, change: ChangeText): OutputForm {
  if (output.kind !== "schema") return output
  const { description, schema } = output
  return {
    ...output,
    schema: withStringsOf(schema, change),
    ...(description !== undefined && { description: change(description) }),
  }
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
      return documentWith(part, role, change)
    case "opaque":
      return { ...part, value: withStringsOf(part.value, (text) => change({ role, text, isAside: true })) }
    case "image":
    case "audio":
    case "video":
      return part
  }
}

function documentWith(part: DocumentPart, role: "user" | "tool", change: Change): DocumentPart {
  const aside = (text: string): string => change({ role, text, isAside: true })
  const { medium, name, context } = part
  return {
    ...part,
    ...(medium.kind === "text" && { medium: { kind: "text", text: change({ role, text: medium.text }) } }),
    ...(name !== undefined && { name: aside(name) }),
    ...(context !== undefined && { context: aside(context) }),
  }
}

function answerPartWith(part: AnswerPart, change: Change): AnswerPart {
  switch (part.kind) {
    case "text":
    case "refusal":
      return { ...part, text: change({ role: "assistant", text: part.text }) }
    case "tool-call":
      return {
        ...part,
        arguments: argumentsWith(part.arguments, (text) => change({ role: "assistant", text, isAside: true })),
      }
    // Thoughts that are signed come back as they were or not at all.
    case "reasoning":
      return part.signature !== undefined || part.redacted !== undefined
        ? part
        : { ...part, text: change({ role: "assistant", text: part.text, isAside: true }) }
    case "opaque":
      return {
        ...part,
        value: withStringsOf(part.value, (text) => change({ role: "assistant", text, isAside: true })),
      }
    case "made":
      return part
  }
}
