import type { DocumentPart, ImagePart, Medium, TextPart, UserPart } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import type { Json, JsonObject } from "../json.ts"
import { isOwn } from "./answer-parts.ts"
import { writeMark } from "./cache-mark.ts"
import { dataUrl } from "./made-media.ts"

/** One text without a mark as itself, which every server takes; all else as a list. */
export function contentOf(parts: readonly JsonObject[]): Json {
  const [first] = parts
  if (first === undefined) return ""
  const isPlain = parts.length === 1 && first.type === "text" && first.cache_control === undefined
  return isPlain ? (first.text ?? "") : parts
}

/** All text as one string, for servers that take lists only for other media. */
export function joined(parts: readonly JsonObject[]): Json {
  if (!parts.every(({ type }) => type === "text")) return contentOf(parts)
  return parts.map(({ text }) => text).join("\n\n")
}

export const writeText = ({ text, cache }: TextPart, marks: boolean, losses: Losses): JsonObject => ({
  type: "text",
  text,
  ...writeMark(cache, marks, losses),
})

/** `ChatCompletionContentPart`; empty where it cannot be told, which is noted. Videos go as `video_url`, as vLLM and Qwen take them. */
export function writeUserPart(part: UserPart, marks: boolean, losses: Losses): readonly JsonObject[] {
  const told = writeContent(part, losses)
  return told === undefined ? [] : [{ ...told, ...writeMark(part.cache, marks, losses) }]
}

function writeContent(part: UserPart, losses: Losses): JsonObject | undefined {
  switch (part.kind) {
    case "text":
      return { type: "text", text: part.text }
    case "image":
      return writeImage(part, losses)
    case "document":
      return writeDocument(part, losses)
    case "audio":
      return writeAudio(part.medium, losses)
    case "video": {
      const url = urlOf(part.medium)
      if (url === undefined) losses.drop("video by file id", "OpenAI's chat takes videos by address or inline")
      return url === undefined ? undefined : { type: "video_url", video_url: { url } }
    }
    case "opaque":
      return isOwn(part, losses) ? part.value : undefined
  }
}

function urlOf(medium: Medium): string | undefined {
  switch (medium.kind) {
    case "inline":
      return dataUrl(medium)
    case "address":
      return medium.url
    case "file":
      return undefined
  }
}

function writeImage({ medium, detail }: ImagePart, losses: Losses): JsonObject | undefined {
  const url = urlOf(medium)
  if (url === undefined) {
    losses.drop("image by file id", "OpenAI's chat takes images by address or inline")
    return undefined
  }
  return { type: "image_url", image_url: { url, ...(detail === undefined ? {} : { detail }) } }
}

function writeDocument({ medium, name, context, cited }: DocumentPart, losses: Losses): JsonObject | undefined {
  if (cited === true) losses.drop("citations of documents", "OpenAI's chat does not cite documents")
  if (medium.kind === "text")
    return { type: "text", text: [name, context, medium.text].filter((it) => it !== undefined).join("\n\n") }
  if (context !== undefined) losses.drop("context of documents", "OpenAI's files have only a name")
  const filename = name === undefined ? {} : { filename: name }
  switch (medium.kind) {
    case "file":
      return { type: "file", file: { file_id: medium.id, ...filename } }
    case "inline":
      return { type: "file", file: { file_data: dataUrl(medium), ...filename } }
    case "address":
      losses.drop("document by address", "OpenAI's chat takes files inline or by id")
      return undefined
  }
}

function writeAudio(medium: Medium, losses: Losses): JsonObject | undefined {
  if (medium.kind !== "inline") {
    losses.drop("audio by address or file id", "OpenAI's chat takes sounds inline")
    return undefined
  }
  const format = medium.type.slice(medium.type.indexOf("/") + 1)
  const known = format === "mpeg" ? "mp3" : format.startsWith("x-") ? format.slice(2) : format
  return { type: "input_audio", input_audio: { data: medium.data, format: known } }
}
