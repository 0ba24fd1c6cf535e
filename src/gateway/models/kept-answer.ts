import { z } from "zod"
import type { ChatAnswer } from "../../models/form/answer.ts"
import { isObject, type Json } from "../../models/json.ts"

/** What was kept is what `JSON.stringify` wrote of a `ChatAnswer`; its outline is checked, in case another release wrote it. */
const kept = z.custom<ChatAnswer>(
  (it) =>
    isJson(it) &&
    isObject(it) &&
    typeof it.id === "string" &&
    typeof it.model === "string" &&
    typeof it.created === "number" &&
    Array.isArray(it.choices) &&
    it.choices.every((choice: Json | undefined) => isObject(choice) && Array.isArray(choice.parts)),
)

/** What came out of `JSON.parse` is JSON. */
const isJson = (it: unknown): it is Json => it !== undefined

/** Undefined where it is no answer of this release. */
export function readKept(value: Json): ChatAnswer | undefined {
  const read = kept.safeParse(value)
  return read.success ? read.data : undefined
}
