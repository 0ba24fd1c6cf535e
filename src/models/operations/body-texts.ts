import type { SaidText } from "../form/texts.ts"
import { isList, isObject, type Json, type JsonObject } from "../json.ts"

/** Members of requests that are no chat in which something is said: what embeddings, images, sounds, ranks are made of. */
const SAYING: ReadonlySet<string> = new Set([
  "input",
  "prompt",
  "instructions",
  "query",
  "documents",
  "content",
  "contents",
  "messages",
  "system",
  "systemInstruction",
  "system_instruction",
  "requests",
  "generateContentRequest",
  "title",
])

/** Members inside those that name, place or hold something rather than say it. */
const NOT_SAYING: ReadonlySet<string> = new Set([
  "type",
  "role",
  "id",
  "model",
  "name",
  "data",
  "url",
  "image_url",
  "mimeType",
  "mime_type",
  "media_type",
  "taskType",
  "file_id",
  "fileUri",
  "signature",
  "thoughtSignature",
])

type Change = (said: SaidText) => string

/** Every text of a request that is no chat, in the order it stands there. */
export function bodyTexts(body: JsonObject): readonly SaidText[] {
  const texts: SaidText[] = []
  withBodyTexts(body, (it) => {
    texts.push(it)
    return it.text
  })
  return texts
}

/** The same request with each of its texts as `change` gives it; asked in the order of `bodyTexts`. */
export const withBodyTexts = (body: JsonObject, change: Change): JsonObject =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      value !== undefined && SAYING.has(name)
        ? changed(value, name.startsWith("system") ? "system" : "user", change)
        : value,
    ]),
  )

function changed(value: Json, role: SaidText["role"], change: Change): Json {
  if (typeof value === "string") return change({ role, text: value })
  if (isList(value)) return value.map((it) => changed(it, role, change))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, it]) => [
      name,
      it === undefined || NOT_SAYING.has(name) ? it : changed(it, role, change),
    ]),
  )
}

/** Whether something is said in numbers of tokens, which only who knows the model's encoding can read. */
export function saysInTokens({ input }: JsonObject): boolean {
  const first = isList(input) ? input[0] : undefined
  return typeof first === "number" || (isList(first) && typeof first[0] === "number")
}
