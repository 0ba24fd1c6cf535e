import type { AnswerPart, AnswerText, MadePart, ReasoningPart, ToolResult, Turn, UserPart } from "../form/content.ts"
import type { JsonObject } from "../json.ts"
import { FORMAT } from "./format.ts"
import { type Writing, writeContent, writeText } from "./write-content.ts"

/** The items of a conversation. `systemRole`: what the provider calls the role of instructions. */
export function writeTurns(
  turns: readonly Turn[],
  systemRole: "system" | "developer",
  writing: Writing,
): readonly JsonObject[] {
  return turns.flatMap((it) => writeTurn(it, systemRole, writing))
}

function writeTurn(turn: Turn, systemRole: "system" | "developer", writing: Writing): readonly JsonObject[] {
  switch (turn.role) {
    case "system": {
      const texts = turn.parts.map((it) => writeText(it, writing))
      return [message(systemRole, texts)]
    }
    case "user":
      if (turn.name !== undefined) dropName(writing)
      return writeSaid(turn.parts, writing)
    case "assistant":
      if (turn.name !== undefined) dropName(writing)
      return writeAssistant(turn.parts, writing)
    case "tool":
      return turn.results.map((it) => writeResult(it, writing))
  }
}

const message = (role: string, content: readonly JsonObject[]): JsonObject => ({ type: "message", role, content })

const dropName = ({ losses }: Writing): void => losses.drop("name", "messages of the Responses API have no name")

/** Content has a type of its own; all else that only this format knows is an item. */
function isItem(part: UserPart): boolean {
  if (part.kind !== "opaque" || part.format !== FORMAT) return false
  const { type } = part.value
  return typeof type === "string" && !type.startsWith("input_")
}

/** What a user said, in messages, cut where an item stands between its parts. */
function writeSaid(parts: readonly UserPart[], writing: Writing): readonly JsonObject[] {
  const items: JsonObject[] = []
  let held: UserPart[] = []
  for (const part of parts) {
    if (!isItem(part)) {
      held.push(part)
      continue
    }
    if (held.length > 0) items.push(message("user", writeContent(held, writing)))
    held = []
    items.push(...writeContent([part], writing))
  }
  if (held.length > 0 || items.length === 0) items.push(message("user", writeContent(held, writing)))
  return items
}

function writeAssistant(parts: readonly AnswerPart[], writing: Writing): readonly JsonObject[] {
  const items: JsonObject[] = []
  let content: JsonObject[] | undefined
  for (const part of parts) {
    if (part.kind === "text" || part.kind === "refusal") {
      if (content === undefined) {
        content = []
        items.push(message("assistant", content))
      }
      content.push(part.kind === "text" ? writeSpoken(part, writing) : { type: "refusal", refusal: part.text })
      continue
    }
    const item = writeItem(part, writing)
    if (item === undefined) continue
    content = undefined
    items.push(item)
  }
  return items
}

function writeSpoken({ text, citations, cache, signature }: AnswerText, { losses }: Writing): JsonObject {
  if (cache !== undefined) losses.drop("cache marks", "what a model said cannot be marked")
  if (signature !== undefined) dropSignature("gemini", losses)
  const own = (citations ?? []).flatMap((it) => (it.raw?.format === FORMAT ? [it.raw.value] : []))
  if (own.length < (citations?.length ?? 0)) losses.drop("citations", "citations of earlier answers are not sent again")
  return { type: "output_text", text, ...(own.length === 0 ? {} : { annotations: own }) }
}

function writeItem(
  part: Exclude<AnswerPart, { readonly kind: "text" | "refusal" }>,
  writing: Writing,
): JsonObject | undefined {
  const { losses } = writing
  switch (part.kind) {
    case "tool-call":
      if (part.cache !== undefined) losses.drop("cache marks", "what a model said cannot be marked")
      if (part.signature !== undefined) dropSignature("gemini", losses)
      return { type: "function_call", call_id: part.id, name: part.name, arguments: part.arguments || "{}" }
    case "reasoning":
      return writeReasoning(part, writing)
    case "made":
      return writeMade(part, writing)
    case "opaque":
      if (part.format === FORMAT) return part.value
      losses.drop(part.what, `only ${part.format} knows it`)
      return undefined
  }
}

const dropSignature = (format: string, losses: Writing["losses"]): void =>
  losses.drop("signature", `only ${format}, which signed it, can read it`)

/** The provider refuses thoughts it did not encrypt and does not hold. */
function writeReasoning(part: ReasoningPart, { losses, isOwn }: Writing): JsonObject | undefined {
  const encrypted = part.format === FORMAT ? (part.signature ?? part.redacted) : undefined
  if (encrypted === undefined && (part.signature !== undefined || part.redacted !== undefined || !isOwn)) {
    losses.drop("reasoning", "earlier thoughts are only taken back encrypted by the provider itself")
    return undefined
  }
  const summary = part.text === "" ? [] : [{ type: "summary_text", text: part.text }]
  return {
    type: "reasoning",
    ...(part.id === undefined ? {} : { id: part.id }),
    summary,
    ...(encrypted === undefined ? {} : { encrypted_content: encrypted }),
  }
}

function writeMade({ medium, id, transcript }: MadePart, { losses }: Writing): JsonObject | undefined {
  if (medium.kind !== "inline" || !medium.type.startsWith("image/")) {
    losses.drop("media of earlier answers", "only images that a model made can be sent again")
    return undefined
  }
  if (transcript !== undefined) losses.drop("transcript", "an image has none")
  return {
    type: "image_generation_call",
    ...(id === undefined ? {} : { id }),
    status: "completed",
    result: medium.data,
  }
}

function writeResult({ id, parts, isError, cache }: ToolResult, writing: Writing): JsonObject {
  if (isError) writing.losses.drop("tool result error", "a function's output has no mark for failure")
  if (cache !== undefined) writing.losses.drop("cache marks", "a function's output cannot be marked as a whole")
  const [first, ...others] = parts
  const isText = first?.kind === "text" && others.length === 0 && first.cache === undefined
  return { type: "function_call_output", call_id: id, output: isText ? first.text : writeContent(parts, writing) }
}
