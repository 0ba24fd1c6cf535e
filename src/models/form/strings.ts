import { isList, isObject, type Json, type JsonObject } from "../json.ts"

/** Members whose texts name, place or hold something rather than say it. */
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
  "encrypted_content",
])

/** A value with each text it says, however deep, as `change` gives it; asked in the order they stand there. */
export function withStrings(value: Json, change: (text: string) => string): Json {
  if (typeof value === "string") return change(value)
  if (isList(value)) return value.map((it) => withStrings(it, change))
  return isObject(value) ? withStringsOf(value, change) : value
}

export const withStringsOf = (value: JsonObject, change: (text: string) => string): JsonObject =>
  Object.fromEntries(
    Object.entries(value).map(([name, it]) => [
      name,
      it === undefined || (typeof it === "string" && NOT_SAYING.has(name)) ? it : withStrings(it, change),
    ]),
  )
