import type { CacheMark, DocumentPart, Medium, TextPart, UserPart } from "../form/content.ts"
import type { Place } from "../form/place.ts"
import { readDataUrl, textOfBase64 } from "../gemini/data-url.ts"
import type { UnreadMembers } from "../gemini/unread-members.ts"
import { FORMAT } from "./format.ts"

const TEXT: ReadonlySet<string> = new Set(["type", "text", "prompt_cache_breakpoint"])
const IMAGE: ReadonlySet<string> = new Set(["type", "image_url", "file_id", "detail", "prompt_cache_breakpoint"])
const FILE: ReadonlySet<string> = new Set([
  "type",
  "file_data",
  "file_url",
  "file_id",
  "filename",
  "prompt_cache_breakpoint",
])
const AUDIO: ReadonlySet<string> = new Set(["type", "input_audio"])
const DETAILS = ["low", "high", "auto"] as const
const AUDIO_TYPES = { wav: "audio/wav", mp3: "audio/mpeg" } as const

/** A text, or an array of `input_text`, `input_image`, `input_file`; also of results of functions. */
export function readContent(place: Place, unread: UnreadMembers): readonly UserPart[] {
  if (typeof place.value === "string") return [{ kind: "text", text: place.value }]
  if (place.isAbsent) throw place.fault("a text or an array of content")
  return place.items().map((it) => readUserPart(it, unread))
}

/** Content of instructions, which is text alone. */
export function readTexts(place: Place, unread: UnreadMembers): readonly TextPart[] {
  if (typeof place.value === "string") return [{ kind: "text", text: place.value }]
  if (place.isAbsent) throw place.fault("a text or an array of content")
  return place.items().map((it) => {
    const part = readUserPart(it, unread)
    if (part.kind !== "text") throw it.at("type").fault('"input_text", as all content of instructions is')
    return part
  })
}

function readUserPart(place: Place, unread: UnreadMembers): UserPart {
  const type = place.at("type").text()
  const cache = readMark(place)
  switch (type) {
    case "input_text":
    // Some callers send back what was answered in a message of theirs.
    case "output_text":
    case "text":
      if (type === "input_text") unread.keepBut(place, TEXT)
      return { kind: "text", text: place.at("text").text(), ...cache }
    case "input_image": {
      unread.keepBut(place, IMAGE)
      const told = place.at("detail")
      const detail = DETAILS.find((it) => it === told.value)
      if (detail === undefined) unread.keep(told.path, told.value)
      return { kind: "image", medium: readImage(place), ...(detail === undefined ? {} : { detail }), ...cache }
    }
    case "input_file": {
      unread.keepBut(place, FILE)
      const name = place.at("filename").optionalText()
      return { kind: "document", medium: readFile(place), ...(name === undefined ? {} : { name }), ...cache }
    }
    case "input_audio": {
      unread.keepBut(place, AUDIO)
      const audio = place.at("input_audio")
      const format = audio.at("format").oneOf(["wav", "mp3"])
      return {
        kind: "audio",
        medium: { kind: "inline", type: AUDIO_TYPES[format], data: audio.at("data").text() },
        ...cache,
      }
    }
    default:
      return { kind: "opaque", format: FORMAT, what: type, value: place.object() }
  }
}

/** Marks keep for thirty minutes, the one duration there is. */
function readMark(place: Place): { readonly cache?: CacheMark } {
  return place.at("prompt_cache_breakpoint").isAbsent ? {} : { cache: { hour: false } }
}

function readImage(place: Place): Medium {
  const url = place.at("image_url").optionalText()
  if (url !== undefined) {
    const inline = readDataUrl(url)
    return inline === undefined ? { kind: "address", url } : { kind: "inline", ...inline }
  }
  const id = place.at("file_id").optionalText()
  if (id === undefined) throw place.at("image_url").fault("the address of an image, unless `file_id` names one")
  return { kind: "file", id }
}

function readFile(place: Place): DocumentPart["medium"] {
  const data = place.at("file_data").optionalText()
  if (data !== undefined) {
    // What comes without a type is a PDF, as the API has it.
    const inline = readDataUrl(data) ?? { type: "application/pdf", data }
    const text = inline.type === "text/plain" ? textOfBase64(inline.data) : undefined
    return text === undefined ? { kind: "inline", ...inline } : { kind: "text", text }
  }
  const url = place.at("file_url").optionalText()
  if (url !== undefined) return { kind: "address", url }
  const id = place.at("file_id").optionalText()
  if (id === undefined) throw place.fault("a file with one of `file_data`, `file_url`, `file_id`")
  return { kind: "file", id }
}
