import { toBytes } from "../../values/bytes.ts"
import { Unknowable } from "./unknowable.ts"

/** Text with variables in it, split once. */
export interface Template {
  /** As bytes, where it has no variables. */
  readonly constant: string | undefined
  readonly parts: readonly Part[]
}

export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "capture"; readonly number: number }

const VARIABLE = /\$(?:\{([A-Za-z0-9_]{1,200})\}|([1-9])|([A-Za-z0-9_]{1,200}))/g

/** As nginx splits it (src/http/ngx_http_script.c `ngx_http_script_compile`); `$1` to `$9` are what the last pattern caught. */
export function templateOf(written: string): Template {
  const text = toBytes(written)
  if (!text.includes("$")) return { constant: text, parts: [{ kind: "text", text }] }
  const parts: Part[] = []
  let at = 0
  for (const found of text.matchAll(VARIABLE)) {
    if (found.index > at) parts.push({ kind: "text", text: text.slice(at, found.index) })
    const [all, braced, digit, name] = found
    if (digit !== undefined) parts.push({ kind: "capture", number: Number(digit) })
    else if (braced !== undefined && /^[1-9]$/.test(braced)) parts.push({ kind: "capture", number: Number(braced) })
    else parts.push({ kind: "variable", name: (braced ?? name ?? "").toLowerCase() })
    at = found.index + all.length
  }
  if (at < text.length) parts.push({ kind: "text", text: text.slice(at) })
  const isPlain = parts.every((it) => it.kind === "text")
  return { constant: isPlain ? text : undefined, parts }
}

/** Where the values of variables come from. */
export interface Values {
  variable(name: string): string
  /** Empty for what was not caught. */
  capture(number: number): string
}

/** Characters a value may have: variables made of variables double with every one. */
const LONGEST = 100_000

/** @throws Unknowable for a value without measure. */
export function fill(template: Template, values: Values): string {
  if (template.constant !== undefined) return template.constant
  let text = ""
  for (const part of template.parts)
    text +=
      part.kind === "text"
        ? part.text
        : part.kind === "variable"
          ? values.variable(part.name)
          : values.capture(part.number)
  if (text.length > LONGEST)
    throw new Unknowable({ what: "a value that is very long", why: "variables made of variables grow without measure" })
  return text
}
