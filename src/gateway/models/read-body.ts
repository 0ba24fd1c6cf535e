import type { ModelRequest } from "../../facts/world.ts"
import { type JsonObject, parseObject } from "../../models/json.ts"
import { boundaryOf, type FormField, formFields } from "../../models/multipart.ts"
import { nestsDeeper } from "../../models/openai/json-text.ts"

/** No request nests so deep, and 16 MiB of nothing but brackets would take a second and a gigabyte to read. */
const MOST_LEVELS = 512

/** What the body of a model call holds. */
export interface ReadBody {
  /** Undefined for a form in parts. */
  readonly json: JsonObject | undefined
  readonly fields: readonly FormField[]
  /** Undefined where none is named. */
  readonly model: string | undefined
}

const decoder = new TextDecoder("utf-8", { fatal: true })

/** Reads a JSON object in UTF-8 (RFC 8259 §8.1) or a form in parts (RFC 7578); or says what the body is instead. */
export function readBody(
  bytes: Buffer,
  kind: "json" | "multipart",
  contentType: string | undefined,
): ReadBody | Exclude<ModelRequest["body"], "a JSON object"> {
  const boundary = kind === "multipart" ? boundaryOf(contentType) : undefined
  if (boundary !== undefined) {
    const fields = formFields(bytes, boundary)
    const model = fields?.find(({ name }) => name === "model")
    if (fields === undefined) return "not a JSON object"
    const named = model === undefined ? "" : bytes.toString("utf8", model.from, model.to)
    return { json: undefined, fields, model: named === "" ? undefined : named }
  }
  if (nestsDeeper(bytes, MOST_LEVELS)) return "nested too deep"
  const json = decoded(bytes)
  if (json === undefined) return "not a JSON object"
  const { model } = json
  return { json, fields: [], model: typeof model === "string" && model !== "" ? model : undefined }
}

function decoded(bytes: Uint8Array): JsonObject | undefined {
  try {
    return parseObject(decoder.decode(bytes))
  } catch (error) {
    // Bytes that are no UTF-8.
    if (error instanceof TypeError) return undefined
    throw error
  }
}
