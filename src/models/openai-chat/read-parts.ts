import type { Medium, TextPart, UserPart } from "../form/content.ts"
import type { Place } from "../form/place.ts"
import { readMark } from "./cache-mark.ts"
import type { Leftovers } from "./leftovers.ts"
import { mediumOf } from "./made-media.ts"

const KINDS = ["text", "image_url", "input_audio", "file", "video_url"] as const
const MARKS = ["type", "cache_control", "prompt_cache_breakpoint"] as const
const KNOWN = {
  text: new Set([...MARKS, "text"]),
  image_url: new Set([...MARKS, "image_url"]),
  input_audio: new Set([...MARKS, "input_audio"]),
  file: new Set([...MARKS, "file"]),
  video_url: new Set([...MARKS, "video_url"]),
} as const
const IMAGE: ReadonlySet<string> = new Set(["url", "detail"])

/** What a user says: a text, or a list of `ChatCompletionContentPart`. */
export function readUserParts(content: Place, left: Leftovers): readonly UserPart[] {
  if (typeof content.value === "string") return [{ kind: "text", text: content.value }]
  if (!Array.isArray(content.value)) throw content.fault("a text or an array of parts")
  return content.items().map((it) => readPart(it, left))
}

/** Content that can only be text. */
export function readTexts(content: Place, left: Leftovers): readonly TextPart[] {
  if (typeof content.value === "string") return [{ kind: "text", text: content.value }]
  if (!Array.isArray(content.value)) throw content.fault("a text or an array of text parts")
  return content.items().map((it) => {
    it.at("type").oneOf(["text"])
    return readText(it, left)
  })
}

function readText(part: Place, left: Leftovers): TextPart {
  left.take(part.value, KNOWN.text, "messages[].content[].")
  return { kind: "text", text: part.at("text").text(), ...readMark(part) }
}

function readPart(part: Place, left: Leftovers): UserPart {
  const kind = part.at("type").oneOf(KINDS)
  if (kind === "text") return readText(part, left)
  left.take(part.value, KNOWN[kind], "messages[].content[].")
  const told = part.at(kind)
  const mark = readMark(part)
  switch (kind) {
    case "image_url": {
      if (typeof told.value === "string") return { kind: "image", medium: mediumOf(told.value), ...mark }
      left.take(told.value, IMAGE, "messages[].content[].image_url.")
      const detail = told.at("detail")
      return {
        kind: "image",
        medium: mediumOf(told.at("url").text()),
        ...(detail.isAbsent ? {} : { detail: detail.oneOf(["low", "high", "auto"]) }),
        ...mark,
      }
    }
    case "input_audio":
      return { kind: "audio", medium: readAudio(told), ...mark }
    case "file": {
      const name = told.at("filename").optionalText()
      return { kind: "document", medium: readFile(told), ...(name === undefined ? {} : { name }), ...mark }
    }
    case "video_url":
      return { kind: "video", medium: mediumOf(told.at("url").text()), ...mark }
  }
}

/** `{data, format}`, where `mp3` is the format of `audio/mpeg`. */
function readAudio(told: Place): Medium {
  const format = told.at("format").text()
  return { kind: "inline", type: `audio/${format === "mp3" ? "mpeg" : format}`, data: told.at("data").text() }
}

function readFile(told: Place): Medium {
  const id = told.at("file_id").optionalText()
  if (id !== undefined) return { kind: "file", id }
  const data = told.at("file_data")
  if (data.isAbsent) throw told.fault("a file with file_data or file_id")
  const medium = mediumOf(data.text())
  // OpenAI takes base64 alone too; the one type its documents have is PDF.
  const isBare = medium.kind === "address" && !medium.url.includes(":")
  return isBare ? { kind: "inline", type: "application/pdf", data: medium.url } : medium
}
