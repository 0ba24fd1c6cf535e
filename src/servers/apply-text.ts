import type { Patch } from "./patch.ts"

type TextPatch = Extract<Patch, { kind: "text" }>

/** A text with one patch applied; undefined where what is to be removed does not stand there. */
export function applyText(text: string, { line, column, remove, insert }: TextPatch): string | undefined {
  let start = 0
  for (let at = 1; at < line; at++) {
    const end = text.indexOf("\n", start)
    if (end === -1) return undefined
    start = end + 1
  }
  const from = start + column - 1
  return text.startsWith(remove, from) ? text.slice(0, from) + insert + text.slice(from + remove.length) : undefined
}
