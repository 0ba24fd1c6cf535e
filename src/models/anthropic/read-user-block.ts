import type { Medium, OpaquePart, TextPart, ToolResult, UserPart } from "../form/content.ts"
import type { Place } from "../form/place.ts"
import type { JsonObject } from "../json.ts"
import { readCache } from "./cache-mark.ts"
import type { Unread } from "./unread.ts"

/** `TextBlockParam`s of a system prompt, or one text. */
export function readTexts(content: Place, unread: Unread): readonly TextPart[] {
  if (typeof content.value === "string") return [{ kind: "text", text: content.value }]
  return content.items().map((it) => {
    it.at("type").oneOf(["text"])
    return readText(it, unread)
  })
}

function readText(block: Place, unread: Unread): TextPart {
  unread.beside(block, ["type", "text", "cache_control"])
  return { kind: "text", text: block.at("text").text(), ...readCache(block) }
}

/** Any `ContentBlockParam` a user's message holds but `tool_result`. Kinds that are not known are kept as they are. */
export function readUserBlock(block: Place, unread: Unread): UserPart {
  switch (block.at("type").text()) {
    case "text":
      return readText(block, unread)
    case "image":
      unread.beside(block, ["type", "source", "cache_control"])
      return { kind: "image", medium: medium(block.at("source"), unread), ...readCache(block) }
    case "document":
      return readDocument(block, unread)
    default:
      return readOpaque(block)
  }
}

/** Something only Anthropic can say. */
export function readOpaque(block: Place): OpaquePart {
  const { cache_control: _, ...value } = block.object()
  return { kind: "opaque", format: "anthropic", what: whatOf(value), value, ...readCache(block) }
}

/** In a few words, for notes. */
export function whatOf({ type, name }: JsonObject): string {
  const words = typeof type === "string" ? type.replaceAll("_", " ") : "block"
  return typeof name === "string" ? `${words} ${name}` : words
}

export function readToolResult(block: Place, names: ReadonlyMap<string, string>, unread: Unread): ToolResult {
  unread.beside(block, ["type", "tool_use_id", "content", "is_error", "cache_control"])
  const id = block.at("tool_use_id").text()
  const name = names.get(id)
  const content = block.at("content")
  const parts: readonly UserPart[] =
    typeof content.value === "string"
      ? [{ kind: "text", text: content.value }]
      : content.items().map((it) => readUserBlock(it, unread))
  return {
    id,
    ...(name === undefined ? {} : { name }),
    parts,
    isError: block.at("is_error").optionalBoolean() ?? false,
    ...readCache(block),
  }
}

function medium(source: Place, unread: Unread): Medium {
  switch (source.at("type").oneOf(["base64", "url", "file"])) {
    case "base64":
      unread.beside(source, ["type", "media_type", "data"])
      return { kind: "inline", type: source.at("media_type").text(), data: source.at("data").text() }
    case "url":
      unread.beside(source, ["type", "url"])
      return { kind: "address", url: source.at("url").text() }
    case "file":
      unread.beside(source, ["type", "file_id"])
      return { kind: "file", id: source.at("file_id").text() }
  }
}

function readDocument(block: Place, unread: Unread): UserPart {
  const source = block.at("source")
  const kind = source.at("type").oneOf(["base64", "url", "file", "text", "content"])
  const chunks = kind === "content" ? textChunks(source.at("content")) : undefined
  if (kind === "content" && chunks === undefined) return readOpaque(block)
  unread.beside(block, ["type", "source", "title", "context", "citations", "cache_control"])
  // A document in blocks is cited by block; elsewhere it can only be one text.
  if (chunks !== undefined && chunks.length > 1) unread.keep(source.at("content").path, chunks)
  const name = block.at("title").optionalText()
  const context = block.at("context").optionalText()
  const cited = block.at("citations").at("enabled").optionalBoolean()
  return {
    kind: "document",
    medium:
      chunks !== undefined
        ? { kind: "text", text: chunks.join("\n\n") }
        : kind === "text"
          ? { kind: "text", text: source.at("data").text() }
          : medium(source, unread),
    ...(name === undefined ? {} : { name }),
    ...(context === undefined ? {} : { context }),
    ...(cited === undefined ? {} : { cited }),
    ...readCache(block),
  }
}

/** Undefined where there are images among them. */
function textChunks(content: Place): readonly string[] | undefined {
  if (typeof content.value === "string") return [content.value]
  const blocks = content.items()
  if (blocks.some((it) => it.at("type").text() !== "text")) return undefined
  return blocks.map((it) => it.at("text").text())
}
