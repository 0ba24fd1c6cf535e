/** A value as JavaScript, Python or a shell writes it: what is not a literal is `unknown`. */
export type Literal =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "map"; readonly entries: ReadonlyMap<string, Literal> }
  | { readonly kind: "list"; readonly items: readonly Literal[] }
  | { readonly kind: "call"; readonly name: string; readonly given: Arguments }
  | { readonly kind: "word"; readonly value: string }
  | { readonly kind: "unknown" }

/** What stands between the parentheses of a call. */
export interface Arguments {
  readonly items: readonly Literal[]
  /** `name=value`, as Python has it. */
  readonly named: ReadonlyMap<string, Literal>
}

const UNKNOWN: Literal = { kind: "unknown" }

/** How deep values may stand in one another. */
const DEEPEST = 40

/** Reads what a call is given, from behind its opening parenthesis. Never fails: it stops where it understands no more. */
export function readArguments(text: string, from: number): Arguments {
  return new Reader(text, from).arguments(")", 0)
}

class Reader {
  readonly #text: string
  #at: number

  constructor(text: string, from: number) {
    this.#text = text
    this.#at = from
  }

  arguments(close: string, depth: number): Arguments {
    const items: Literal[] = []
    const named = new Map<string, Literal>()
    for (;;) {
      this.#gap()
      const sign = this.#text[this.#at]
      if (sign === undefined) break
      if (sign === close || (close === ")" && sign === ";")) {
        this.#at++
        break
      }
      const before = this.#at
      const name = this.#take(/([A-Za-z_$][\w$]{0,80})[ \t]*=(?![=>])/y)?.[1]
      const value = this.#expression(depth)
      if (name === undefined) items.push(value)
      else named.set(name, value)
      this.#gap()
      if (this.#text[this.#at] === ",") this.#at++
      else if (this.#at === before) break
      else if (this.#text[this.#at] !== close) break
    }
    return { items, named }
  }

  /** A value and whatever is added to it: a sum of something unknown is unknown. */
  #expression(depth: number): Literal {
    const first = this.#value(depth)
    this.#gap()
    if (this.#text[this.#at] !== "+") return first
    const texts = [first]
    while (this.#text[this.#at] === "+") {
      this.#at++
      texts.push(this.#value(depth))
      this.#gap()
    }
    const known = texts.map((it) => (it.kind === "text" ? it.value : undefined))
    return known.every((it) => it !== undefined) ? { kind: "text", value: known.join("") } : UNKNOWN
  }

  #value(depth: number): Literal {
    this.#gap()
    const sign = this.#text[this.#at] ?? ""
    if (depth >= DEEPEST) return UNKNOWN
    if (sign === '"' || sign === "'" || sign === "`") return this.#quoted(sign)
    if (sign === "{") return this.#map(depth)
    if (sign === "[" || sign === "(") {
      this.#at++
      return { kind: "list", items: this.arguments(sign === "[" ? "]" : ")", depth + 1).items }
    }
    const word = this.#take(/(?:new[ \t]+|await[ \t]+)?([A-Za-z0-9_$.-]{1,200})/y)?.[1]
    if (word === undefined) return UNKNOWN
    // Python's `f"…"`, `b"…"`, `r"…"`
    const next = this.#text[this.#at] ?? ""
    if (/^[fbru]{1,2}$/i.test(word) && (next === '"' || next === "'")) return this.#quoted(next)
    if (next !== "(") return { kind: "word", value: word }
    this.#at++
    return { kind: "call", name: word, given: this.arguments(")", depth + 1) }
  }

  #map(depth: number): Literal {
    const entries = new Map<string, Literal>()
    this.#at++
    for (;;) {
      this.#gap()
      const sign = this.#text[this.#at] ?? ""
      if (sign === "}") this.#at++
      if (sign === "}" || sign === "") break
      const name =
        sign === '"' || sign === "'" || sign === "`"
          ? this.#quoted(sign).value
          : this.#take(/[A-Za-z0-9_$-]{1,200}/y)?.[0]
      this.#gap()
      const mark = this.#text[this.#at]
      if (name === undefined || (mark !== ":" && mark !== "," && mark !== "}")) break
      if (mark === ":") {
        this.#at++
        entries.set(name, this.#expression(depth + 1))
        this.#gap()
      } else entries.set(name, { kind: "word", value: name })
      if (this.#text[this.#at] === ",") this.#at++
      else if (this.#text[this.#at] !== "}") break
    }
    return { kind: "map", entries }
  }

  #quoted(quote: string): { readonly kind: "text"; readonly value: string } {
    const parts: string[] = []
    let at = this.#at + 1
    while (at < this.#text.length && this.#text[at] !== quote) {
      if (this.#text[at] === "\\") {
        const { value, length } = unescaped(this.#text.slice(at + 1, at + 10))
        parts.push(value)
        at += 1 + length
      } else {
        const from = at
        while (at < this.#text.length && this.#text[at] !== quote && this.#text[at] !== "\\") at++
        parts.push(this.#text.slice(from, at))
      }
    }
    this.#at = Math.min(at + 1, this.#text.length)
    return { kind: "text", value: parts.join("") }
  }

  /** White space and comments. */
  #gap(): void {
    for (;;) {
      this.#take(/\s+/y)
      const isComment = this.#text.startsWith("//", this.#at) || this.#text[this.#at] === "#"
      if (isComment) this.#at = after(this.#text, "\n", this.#at)
      else if (this.#text.startsWith("/*", this.#at)) this.#at = after(this.#text, "*/", this.#at + 2)
      else return
    }
  }

  #take(form: RegExp): RegExpExecArray | null {
    form.lastIndex = this.#at
    const match = form.exec(this.#text)
    if (match !== null) this.#at = form.lastIndex
    return match
  }
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found < 0 ? text.length : found + mark.length
}

const SIMPLE: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  "0": "\0",
  "\n": "",
}

function unescaped(rest: string): { readonly value: string; readonly length: number } {
  const letter = rest[0] ?? ""
  const code = /^(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\})/.exec(rest)
  const digits = code?.[1] ?? code?.[2] ?? code?.[3]
  if (code !== null && digits !== undefined) {
    const point = Number.parseInt(digits, 16)
    return { value: point > 0x10_ffff ? "\ufffd" : String.fromCodePoint(point), length: code[0].length }
  }
  return { value: Object.hasOwn(SIMPLE, letter) ? (SIMPLE[letter] ?? "") : letter, length: letter.length }
}
