import type { DocumentPart, Medium, OpaquePart, TextPart, ToolResult, UserPart } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import type { JsonObject } from "../json.ts"
import { writeCache } from "./cache-mark.ts"
import type { CallIds } from "./call-ids.ts"

const IMAGES = ["image/jpeg", "image/png", "image/gif", "image/webp"]

export const writeText = ({ text, cache }: TextPart): JsonObject => ({ type: "text", text, ...writeCache(cache) })

/** Undefined where it cannot be carried, which is told, or is an empty text, which Anthropic refuses. */
export function writeUserPart(part: UserPart, losses: Losses): JsonObject | undefined {
  switch (part.kind) {
    case "text":
      return part.text === "" ? undefined : writeText(part)
    case "image": {
      if (part.detail !== undefined) losses.drop("image detail", "Anthropic chooses the detail itself")
      const { medium } = part
      if (medium.kind === "inline" && !IMAGES.includes(medium.type)) {
        losses.drop(`image of ${medium.type}`, "Anthropic reads JPEG, PNG, GIF and WebP")
        return undefined
      }
      return { type: "image", source: source(medium), ...writeCache(part.cache) }
    }
    case "document":
      return writeDocument(part, losses)
    case "audio":
    case "video":
      losses.drop(part.kind, `Anthropic reads no ${part.kind}`)
      return undefined
    case "opaque":
      return writeOpaque(part, losses)
  }
}

export function writeOpaque(part: OpaquePart, losses: Losses): JsonObject | undefined {
  if (part.format === "anthropic") return { ...part.value, ...writeCache(part.cache) }
  losses.drop(part.what, `only ${part.format} knows it`)
  return undefined
}

export function writeToolResult(result: ToolResult, ids: CallIds, losses: Losses): JsonObject {
  const content: JsonObject[] = []
  for (const part of result.parts) {
    const block = writeUserPart(part, losses)
    if (block !== undefined) content.push(block)
  }
  return {
    type: "tool_result",
    tool_use_id: ids.of(result.id),
    ...(content.length === 0 ? {} : { content: plainText(content) ?? content }),
    ...(result.isError ? { is_error: true } : {}),
    ...writeCache(result.cache),
  }
}

/** The text, where there is nothing but a text. */
export function plainText(blocks: readonly JsonObject[]): string | undefined {
  const [block, ...others] = blocks
  if (block === undefined || others.length > 0 || block.type !== "text" || Object.keys(block).length > 2)
    return undefined
  const { text } = block
  return typeof text === "string" ? text : undefined
}

function source(medium: Medium): JsonObject {
  switch (medium.kind) {
    case "inline":
      return { type: "base64", media_type: medium.type, data: medium.data }
    case "address":
      return { type: "url", url: medium.url }
    case "file":
      return { type: "file", file_id: medium.id }
  }
}

function writeDocument({ medium, name, context, cited, cache }: DocumentPart, losses: Losses): JsonObject | undefined {
  const written = documentSource(medium, losses)
  if (written === undefined) return undefined
  return {
    type: "document",
    source: written,
    ...(name === undefined ? {} : { title: name }),
    ...(context === undefined ? {} : { context }),
    ...(cited === undefined ? {} : { citations: { enabled: cited } }),
    ...writeCache(cache),
  }
}

function documentSource(medium: DocumentPart["medium"], losses: Losses): JsonObject | undefined {
  if (medium.kind === "text") return plainSource(medium.text)
  if (medium.kind !== "inline" || medium.type === "application/pdf") return source(medium)
  if (medium.type.startsWith("text/")) return plainSource(Buffer.from(medium.data, "base64").toString("utf8"))
  losses.drop(`document of ${medium.type}`, "Anthropic reads PDF and plain text")
  return undefined
}

const plainSource = (data: string): JsonObject => ({ type: "text", media_type: "text/plain", data })
