import type { OpaquePart } from "../form/content.ts"
import { type Json, type JsonObject, objectOf, textOf } from "../json.ts"
import { compact } from "./compact.ts"

/** The arguments of a call: JSON text; some providers send the object itself. */
export function argumentsOf(value: Json | undefined): string {
  if (typeof value === "string") return value
  return value === undefined || value === null ? "" : compact(value)
}

/** Gemini's signature of a call or text, where Google's own OpenAI dialect keeps it. */
export const signatureOf = (told: JsonObject): string | undefined =>
  textOf(objectOf(objectOf(told.extra_content)?.google)?.thought_signature)

export const signed = (signature: string | undefined): JsonObject =>
  signature === undefined ? {} : { extra_content: { google: { thought_signature: signature } } }

/** A call of a custom tool, whose input is no JSON; no other format has such. */
export const customCall = (id: string, name: string, input: string): OpaquePart => ({
  kind: "opaque",
  format: "openai-chat",
  what: `call of the custom tool ${name}`,
  value: { id, type: "custom", custom: { name, input } },
})
