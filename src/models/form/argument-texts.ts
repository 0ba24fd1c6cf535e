import { isList, isObject, type Json, parseJson } from "../json.ts"

/**
 * The JSON text of a tool call's arguments with each text and number in it as `change` gives it, read as JSON means it:
 * `\u0040` is as good an at sign as any. What is no JSON is one text; where nothing changes it stays as it was written.
 */
export function argumentsWith(written: string, change: (text: string) => string): string {
  const value = readArguments(written)
  if (value === undefined) return change(written)
  let isChanged = false
  const changed = (text: string): string => {
    const next = change(text)
    if (next !== text) isChanged = true
    return next
  }
  const next = withTextsOf(value, changed)
  return isChanged ? JSON.stringify(next) : written
}

function readArguments(written: string): Json | undefined {
  try {
    return parseJson(written)
  } catch (error) {
    // A model may write anything, and may have been cut off.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Deeper than tools take; what lies below is one text. */
const DEEPEST = 64

function withTextsOf(value: Json, change: (text: string) => string, depth = 0): Json {
  if (typeof value === "string") return change(value)
  if (typeof value === "number") {
    const text = String(value)
    const next = change(text)
    return next === text ? value : next
  }
  if (depth === DEEPEST && (isList(value) || isObject(value))) {
    const text = JSON.stringify(value)
    const next = change(text)
    return next === text ? value : next
  }
  if (isList(value)) return value.map((it) => withTextsOf(it, change, depth + 1))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, it]) => [
      change(name),
      it === undefined ? null : withTextsOf(it, change, depth + 1),
    ]),
  )
}
