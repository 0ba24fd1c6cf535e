import type { ToolResult, UserPart } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import type { Place } from "../form/place.ts"
import { isObject, type JsonObject } from "../json.ts"
import type { CallIds } from "./call-ids.ts"
import { readFile, readInline, writeMedia } from "./media.ts"
import { keepOthers, member } from "./member.ts"
import type { UnreadMembers } from "./unread-members.ts"

const RESPONSE: ReadonlySet<string> = new Set(["id", "name", "response", "parts"])

/**
 * `functionResponse`. By the reference, its `response` has the result in `output` or the failure in `error`, or is the result
 * itself; texts stay texts, all else is told as JSON.
 */
export function readResult(place: Place, ids: CallIds, unread: UnreadMembers): ToolResult {
  keepOthers(place, RESPONSE, unread)
  const name = place.at("name").text()
  const id = ids.answered(place.at("id").optionalText(), name)
  const response = place.at("response").object()
  const media = place.at("parts").items().map(readMedia)
  const { error, output, ...others } = response
  const isWhole = Object.keys(others).length > 0
  const isError = !isWhole && error !== undefined && output === undefined
  const value = isWhole || (error !== undefined && output !== undefined) ? response : (error ?? output ?? response)
  const isEmpty = isObject(value) && Object.keys(value).length === 0 && media.length > 0
  const text = typeof value === "string" ? value : JSON.stringify(value)
  return { id, name, parts: isEmpty ? media : [{ kind: "text", text }, ...media], isError }
}

function readMedia(part: Place): UserPart {
  const inline = member(part, "inlineData")
  return inline.isAbsent ? readFile(member(part, "fileData")) : readInline(inline)
}

export function writeResult(
  result: ToolResult,
  name: string,
  losses: Losses,
  writeOpaque: (part: Extract<UserPart, { readonly kind: "opaque" }>) => JsonObject | undefined,
): JsonObject {
  const texts: string[] = []
  const media: JsonObject[] = []
  if (result.cache !== undefined)
    losses.drop("cache marks", "Gemini caches prompts by itself, or as objects made before")
  for (const part of result.parts) {
    if (part.kind === "text") {
      if (part.cache !== undefined)
        losses.drop("cache marks", "Gemini caches prompts by itself, or as objects made before")
      texts.push(part.text)
      continue
    }
    const written = part.kind === "opaque" ? writeOpaque(part) : writeMedia(part, losses)
    if (written !== undefined) media.push(written)
  }
  const told = result.isError ? "error" : "output"
  // A result without text is empty, unless nothing else tells that there is one.
  const response = texts.length === 0 && media.length > 0 && !result.isError ? {} : { [told]: texts.join("\n") }
  return { functionResponse: { id: result.id, name, response, ...(media.length === 0 ? {} : { parts: media }) } }
}
