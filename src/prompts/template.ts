import type { InputValue } from "./input.ts"

/** A text with places for inputs. */
export interface Template {
  readonly pieces: readonly Piece[]
}

type Piece =
  | { readonly kind: "text"; readonly text: string }
  /** `isQuoted`: as a JSON string, whose end no input can write. */
  | { readonly kind: "input"; readonly name: string; readonly isQuoted: boolean }

const PLACE = /^\{\{\s*([A-Za-z_][A-Za-z0-9_-]*)\s*(?::\s*([a-z]+)\s*)?\}\}/

/**
 * Reads a template: `{{name}}` stands for an input, `{{name:json}}` for it as JSON, `\{{` for two braces. There is nothing
 * else: no conditions, no loops, no code. Or says what is wrong with the text.
 */
export function parseTemplate(text: string, inputs: ReadonlySet<string>): Template | { readonly fault: string } {
  const pieces: Piece[] = []
  let plain = ""
  let at = 0
  while (at < text.length) {
    const open = text.indexOf("{{", at)
    if (open < 0) break
    if (text[open - 1] === "\\" && open > at) {
      plain += `${text.slice(at, open - 1)}{{`
      at = open + 2
      continue
    }
    plain += text.slice(at, open)
    const found = PLACE.exec(text.slice(open, open + 200))
    const [whole, name, form] = found ?? []
    if (whole === undefined || name === undefined)
      return { fault: `"${text.slice(open, open + 20)}" is no place for an input` }
    if (!inputs.has(name)) return { fault: `there is no input "${name}"` }
    if (form !== undefined && form !== "json") return { fault: `"${form}" is no way to write an input` }
    if (plain !== "") pieces.push({ kind: "text", text: plain })
    plain = ""
    pieces.push({ kind: "input", name, isQuoted: form === "json" })
    at = open + whole.length
  }
  plain += text.slice(at)
  if (plain !== "") pieces.push({ kind: "text", text: plain })
  return { pieces }
}

/** Names of the inputs a template has places for. */
export const inputsOf = ({ pieces }: Template): ReadonlySet<string> =>
  new Set(pieces.flatMap((it) => (it.kind === "input" ? [it.name] : [])))

/** The text with the inputs in their places. What an input holds is never looked at again: braces in it stay braces. */
export const render = ({ pieces }: Template, values: ReadonlyMap<string, InputValue>): string =>
  pieces.map((it) => (it.kind === "text" ? it.text : written(values.get(it.name), it.isQuoted))).join("")

function written(value: InputValue | undefined, isQuoted: boolean): string {
  if (value === undefined) throw new Error("a template has a place for an input that was not read")
  return isQuoted ? JSON.stringify(value) : String(value)
}
