import type { AudioPart, DocumentPart, ImagePart, Medium, VideoPart } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import type { Place } from "../form/place.ts"
import type { JsonObject } from "../json.ts"
import { base64OfText, textOfBase64 } from "./data-url.ts"
import { member } from "./member.ts"

type MediaPart = ImagePart | DocumentPart | AudioPart | VideoPart

/** `inlineData`. */
export function readInline(place: Place): MediaPart {
  const type = member(place, "mimeType").text()
  const data = place.at("data").text()
  const name = member(place, "displayName").optionalText()
  return partOf({ kind: "inline", type, data }, type, name)
}

/** `fileData`. Files that Google holds mean nothing to others; what stands at another address can be had by all. */
export function readFile(place: Place): MediaPart {
  const url = member(place, "fileUri").text()
  const type = member(place, "mimeType").optionalText()
  const name = member(place, "displayName").optionalText()
  const told = type === undefined ? {} : { type }
  const medium: Medium = isHeld(url) ? { kind: "file", id: url, ...told } : { kind: "address", url, ...told }
  return partOf(medium, type ?? "", name)
}

const isHeld = (url: string): boolean =>
  !(url.startsWith("https://") || url.startsWith("http://")) ||
  url.startsWith("https://generativelanguage.googleapis.com/")

function partOf(medium: Medium, type: string, name: string | undefined): MediaPart {
  if (type.startsWith("image/")) return { kind: "image", medium }
  if (type.startsWith("audio/")) return { kind: "audio", medium }
  if (type.startsWith("video/")) return { kind: "video", medium }
  const named = name === undefined ? {} : { name }
  const text = medium.kind === "inline" && type === "text/plain" ? textOfBase64(medium.data) : undefined
  return { kind: "document", medium: text === undefined ? medium : { kind: "text", text }, ...named }
}

/** The part of a content, or of a function's response. */
export function writeMedia(part: MediaPart, losses: Losses): JsonObject {
  if (part.cache !== undefined) losses.drop("cache marks", "Gemini caches prompts by itself, or as objects made before")
  if (part.kind === "image" && part.detail !== undefined && part.detail !== "auto")
    losses.drop("detail", "Gemini sets the resolution of media for the whole request")
  if (part.kind !== "document") return writeMedium(part.medium, undefined)
  if (part.context !== undefined) losses.drop("document.context", "a file has no description of its own")
  if (part.cited === true) losses.drop("document.cited", "the model cannot be told to cite a file")
  if (part.medium.kind !== "text") return writeMedium(part.medium, part.name)
  return writeMedium({ kind: "inline", type: "text/plain", data: base64OfText(part.medium.text) }, part.name)
}

export function writeMedium(medium: Medium, name: string | undefined): JsonObject {
  const named = name === undefined ? {} : { displayName: name }
  if (medium.kind === "inline") return { inlineData: { mimeType: medium.type, data: medium.data, ...named } }
  const fileUri = medium.kind === "file" ? medium.id : medium.url
  const type = medium.type ?? typeOfName(fileUri)
  return { fileData: { fileUri, ...(type === undefined ? {} : { mimeType: type }), ...named } }
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ["png", "image/png"],
  ["jpg", "image/jpeg"],
  ["jpeg", "image/jpeg"],
  ["webp", "image/webp"],
  ["gif", "image/gif"],
  ["pdf", "application/pdf"],
  ["mp3", "audio/mpeg"],
  ["wav", "audio/wav"],
  ["mp4", "video/mp4"],
])

/** The API asks for the type of most addresses. */
function typeOfName(url: string): string | undefined {
  const path = url.split("?", 1)[0] ?? ""
  return TYPES.get(path.slice(path.lastIndexOf(".") + 1).toLowerCase())
}
