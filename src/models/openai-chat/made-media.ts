import type { MadePart, Medium } from "../form/content.ts"
import { type Json, type JsonObject, objectOf, textOf } from "../json.ts"

/** `data:image/png;base64,…`, or an address. */
export function mediumOf(url: string): Medium {
  const comma = url.indexOf(",")
  const isInline = url.startsWith("data:") && url.slice(0, comma).endsWith(";base64")
  if (!isInline) return { kind: "address", url }
  return { kind: "inline", type: url.slice("data:".length, comma - ";base64".length), data: url.slice(comma + 1) }
}

export const dataUrl = ({ type, data }: Extract<Medium, { readonly kind: "inline" }>): string =>
  `data:${type};base64,${data}`

/** An image among a message's `images`, as OpenRouter tells made ones; OpenAI's chat makes none. */
export function readImage(value: Json): MadePart | undefined {
  const url = textOf(objectOf(objectOf(value)?.image_url)?.url)
  return url === undefined ? undefined : { kind: "made", medium: mediumOf(url) }
}

/** Undefined where it has no address to be told as. */
export function writeImage(medium: Medium): JsonObject | undefined {
  if (medium.kind === "file") return undefined
  return { type: "image_url", image_url: { url: medium.kind === "inline" ? dataUrl(medium) : medium.url } }
}

/** `message.audio`: the request, not the answer, says of which format the sound is. */
export const AUDIO_TYPE = "audio/*"

/** A sound that is sent back has its id alone: the provider keeps it. */
export function readAudio(told: JsonObject): MadePart {
  const id = textOf(told.id)
  const data = textOf(told.data)
  const transcript = textOf(told.transcript) ?? ""
  return {
    kind: "made",
    medium:
      data === undefined && id !== undefined
        ? { kind: "file", type: AUDIO_TYPE, id }
        : { kind: "inline", type: AUDIO_TYPE, data: data ?? "" },
    ...(transcript === "" ? {} : { transcript }),
    ...(id === undefined ? {} : { id }),
  }
}
