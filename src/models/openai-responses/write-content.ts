import type { DocumentPart, ImagePart, Medium, TextPart, UserPart } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import { base64OfText } from "../gemini/data-url.ts"
import type { JsonObject } from "../json.ts"
import { FORMAT } from "./format.ts"

/** What writing needs to know beside the part. */
export interface Writing {
  readonly losses: Losses
  /** The request was asked in this dialect, so that what few models of it know is sent as it was asked. */
  readonly isOwn: boolean
}

/** Content of a message or of a function's result; nothing where the API has no place for it. */
export function writeContent(parts: readonly UserPart[], writing: Writing): readonly JsonObject[] {
  return parts.map((it) => writePart(it, writing)).filter((it) => it !== undefined)
}

export function writeText({ text, cache }: TextPart, writing: Writing): JsonObject {
  return { type: "input_text", text, ...writeMark(cache, writing) }
}

function writePart(part: UserPart, writing: Writing): JsonObject | undefined {
  switch (part.kind) {
    case "text":
      return writeText(part, writing)
    case "image":
      return {
        type: "input_image",
        ...writeImage(part),
        ...(part.detail === undefined ? {} : { detail: part.detail }),
        ...writeMark(part.cache, writing),
      }
    case "document":
      return writeDocument(part, writing)
    case "audio":
      if (!writing.isOwn || part.medium.kind !== "inline") {
        writing.losses.drop("audio", "the Responses API takes no sound")
        return undefined
      }
      return {
        type: "input_audio",
        input_audio: { data: part.medium.data, format: part.medium.type === "audio/wav" ? "wav" : "mp3" },
        ...writeMark(part.cache, writing),
      }
    case "video":
      writing.losses.drop("video", "the Responses API takes no video")
      return undefined
    case "opaque":
      if (part.format === FORMAT) return part.value
      writing.losses.drop(part.what, `only ${part.format} knows it`)
      return undefined
  }
}

function writeImage({ medium }: ImagePart): JsonObject {
  return medium.kind === "file" ? { file_id: medium.id } : { image_url: urlOf(medium) }
}

function writeDocument(part: DocumentPart, writing: Writing): JsonObject {
  const { medium, name, context, cited, cache } = part
  if (context !== undefined) writing.losses.drop("document.context", "a file has no description of its own")
  if (cited === true) writing.losses.drop("document.cited", "the model cannot be told to cite a file")
  return {
    type: "input_file",
    ...documentSource(medium, name),
    ...writeMark(cache, writing),
  }
}

function documentSource(medium: DocumentPart["medium"], name: string | undefined): JsonObject {
  const named = name === undefined ? {} : { filename: name }
  switch (medium.kind) {
    case "text":
      return { file_data: `data:text/plain;base64,${base64OfText(medium.text)}`, ...named }
    case "inline":
      return { file_data: urlOf(medium), ...named }
    case "address":
      return { file_url: medium.url, ...named }
    case "file":
      return { file_id: medium.id, ...named }
  }
}

const urlOf = (medium: Exclude<Medium, { readonly kind: "file" }>): string =>
  medium.kind === "address" ? medium.url : `data:${medium.type};base64,${medium.data}`

function writeMark(cache: TextPart["cache"], { losses, isOwn }: Writing): JsonObject {
  if (cache === undefined) return {}
  if (isOwn && !cache.hour) return { prompt_cache_breakpoint: { mode: "explicit" } }
  losses.drop("cache marks", "most models here refuse them; prompts are cached without")
  return {}
}
