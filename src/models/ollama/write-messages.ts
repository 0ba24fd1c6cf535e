import type { AnswerPart, ToolCallPart, ToolResult, Turn, UserPart } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import { type JsonObject, parseObject } from "../json.ts"

/** `messages` (`Message`, ollama api/types.go): a text, images beside it, thoughts and calls. */
export function writeMessages(
  { system, turns }: Pick<ChatRequest, "system" | "turns">,
  losses: Losses,
): readonly JsonObject[] {
  const before: readonly Turn[] = system.length === 0 ? [] : [{ role: "system", parts: system }]
  return [...before, ...turns].flatMap((it) => writeTurn(it, losses))
}

function writeTurn(turn: Turn, losses: Losses): readonly JsonObject[] {
  if ((turn.role === "user" || turn.role === "assistant") && turn.name !== undefined)
    losses.drop("name of messages", "Ollama's messages have none")
  switch (turn.role) {
    case "system":
    case "user":
      return [{ role: turn.role, ...writeParts(turn.parts, losses) }]
    case "assistant":
      return [{ role: turn.role, ...writeAssistant(turn.parts, losses) }]
    case "tool":
      return turn.results.map((it) => writeResult(it, losses))
  }
}

function writeParts(parts: readonly UserPart[], losses: Losses): JsonObject {
  const texts: string[] = []
  const images: string[] = []
  for (const part of parts) {
    if (part.cache !== undefined) losses.drop("cache_control", "Ollama keeps its own cache")
    switch (part.kind) {
      case "text":
        texts.push(part.text)
        break
      case "image":
        if (part.detail !== undefined) losses.drop("detail of images", "Ollama has none")
        if (part.medium.kind === "inline") images.push(part.medium.data)
        else losses.drop("images by address or file id", "Ollama takes images inline")
        break
      case "document":
        if (part.cited === true) losses.drop("citations of documents", "Ollama does not cite")
        if (part.medium.kind === "text")
          texts.push([part.name, part.context, part.medium.text].filter((it) => it !== undefined).join("\n\n"))
        else losses.drop("documents", "Ollama takes only their text")
        break
      case "audio":
      case "video":
        losses.drop(part.kind, "Ollama takes texts and images")
        break
      case "opaque":
        losses.drop(part.what, `only ${part.format} knows it`)
    }
  }
  return { content: texts.join("\n\n"), ...(images.length === 0 ? {} : { images }) }
}

function writeAssistant(parts: readonly AnswerPart[], losses: Losses): JsonObject {
  let content = ""
  let thinking = ""
  const calls: JsonObject[] = []
  for (const part of parts) {
    if ("cache" in part && part.cache !== undefined) losses.drop("cache_control", "Ollama keeps its own cache")
    if ("signature" in part && part.signature !== undefined) losses.drop("thought signatures", "Ollama has none")
    switch (part.kind) {
      case "text":
        if (part.citations !== undefined) losses.drop("citations of earlier answers", "Ollama has none")
        content += part.text
        break
      case "refusal":
        content += part.text
        break
      case "reasoning":
        if (part.redacted !== undefined) losses.drop("redacted thoughts", "Ollama has none")
        thinking += part.text
        break
      case "tool-call":
        calls.push(writeCall(part, losses))
        break
      case "made":
        losses.drop("made media of earlier turns", "Ollama takes none back")
        break
      case "opaque":
        losses.drop(part.what, `only ${part.format} knows it`)
    }
  }
  return {
    content,
    ...(thinking === "" ? {} : { thinking }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  }
}

/** Servers older than ids of calls pass them over. */
function writeCall({ id, name, arguments: text }: ToolCallPart, losses: Losses): JsonObject {
  const told = text === "" ? {} : parseObject(text)
  if (told === undefined) losses.drop("arguments that are no JSON object", "Ollama takes arguments only as an object")
  return { id, function: { name, arguments: told ?? {} } }
}

function writeResult({ id, name, parts, isError, cache }: ToolResult, losses: Losses): JsonObject {
  if (isError) losses.drop("is_error of tool results", "Ollama's results have no flag for it")
  if (cache !== undefined) losses.drop("cache_control", "Ollama keeps its own cache")
  return {
    role: "tool",
    ...writeParts(parts, losses),
    ...(name === undefined ? {} : { tool_name: name }),
    tool_call_id: id,
  }
}
