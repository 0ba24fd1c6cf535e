import type { Place } from "../models/form/place.ts"
import type { Json, JsonObject } from "../models/json.ts"

export type InputValue = string | number | boolean

/** What an input may be. Bounds count characters (code points) of texts, and are bounds of numbers; both belong to them. */
export type InputForm =
  | { readonly kind: "text"; readonly min: number; readonly max: number }
  | {
      readonly kind: "number"
      readonly isWhole: boolean
      readonly min: number | undefined
      readonly max: number | undefined
    }
  | { readonly kind: "boolean" }
  | { readonly kind: "one-of"; readonly values: readonly string[] }

export interface PromptInput {
  readonly name: string
  readonly about: string
  readonly form: InputForm
  /** Taken where a caller gives none; without one the input has to be given. */
  readonly fallback: InputValue | undefined
}

/** @throws FormFault with the place and what is expected there. */
export function readInput(place: Place, { form, fallback }: PromptInput): InputValue {
  if (place.isAbsent) {
    if (fallback === undefined) throw place.fault(expected(form))
    return fallback
  }
  const { value } = place
  if (!isOf(value, form)) throw place.fault(expected(form))
  return value
}

/** Whether a value is what an input may be. */
export function isOf(value: Json | undefined, form: InputForm): value is InputValue {
  switch (form.kind) {
    case "text":
      return typeof value === "string" && isWithin(lengthOf(value), form.min, form.max)
    case "number":
      return (
        typeof value === "number" &&
        (!form.isWhole || Number.isSafeInteger(value)) &&
        isWithin(value, form.min, form.max)
      )
    case "boolean":
      return typeof value === "boolean"
    case "one-of":
      return typeof value === "string" && form.values.includes(value)
  }
}

const isWithin = (it: number, min: number | undefined, max: number | undefined): boolean =>
  (min === undefined || it >= min) && (max === undefined || it <= max)

/** Characters as JSON Schema counts them. */
function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length += 1
  return length
}

/** What an input has to be, in words. */
export function expected(form: InputForm): string {
  switch (form.kind) {
    case "text":
      return form.min === 0
        ? `a text of at most ${form.max} characters`
        : `a text of ${form.min} to ${form.max} characters`
    case "number":
      return `a ${form.isWhole ? "whole number" : "number"}${bounds(form.min, form.max)}`
    case "boolean":
      return "true or false"
    case "one-of":
      return `one of ${form.values.map((it) => `"${it}"`).join(", ")}`
  }
}

function bounds(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  if (min !== undefined) return ` from ${min}`
  return max === undefined ? "" : ` up to ${max}`
}

/** The JSON Schema (2020-12) of an input. */
export function inputSchema({ form, about, fallback }: PromptInput): JsonObject {
  return {
    ...formSchema(form),
    ...(about === "" ? {} : { description: about }),
    ...(fallback === undefined ? {} : { default: fallback }),
  }
}

function formSchema(form: InputForm): JsonObject {
  switch (form.kind) {
    case "text":
      return { type: "string", ...(form.min > 0 ? { minLength: form.min } : {}), maxLength: form.max }
    case "number":
      return {
        type: form.isWhole ? "integer" : "number",
        ...(form.min === undefined ? {} : { minimum: form.min }),
        ...(form.max === undefined ? {} : { maximum: form.max }),
      }
    case "boolean":
      return { type: "boolean" }
    case "one-of":
      return { type: "string", enum: form.values }
  }
}
