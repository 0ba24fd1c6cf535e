import type { Word } from "./directive.ts"

/** What ends a run of words: as in nginx, words alone mean nothing. */
export type Statement = {
  readonly words: readonly Word[]
  /** Behind what ended it. */
  readonly end: number
} & (
  | { readonly ends: ";" | "{" | "}" | "nothing" }
  | {
      readonly ends: "fault"
      readonly message: string
      readonly hint: string
      readonly line: number
      readonly column: number
      /** Nothing follows. */
      readonly isLast: boolean
    }
)

const SPACE = " \t\r\n"
/** Arguments of one directive; a `map` is many directives. More is no configuration. */
const MOST_WORDS = 10_000

/** Reads statements as nginx does (src/core/ngx_conf_file.c `ngx_conf_read_token`). Never throws. */
export class Tokens {
  readonly #text: string
  #at = 0
  #line = 1
  #lineStart = 0

  constructor(text: string) {
    this.#text = text
  }

  next(): Statement {
    const words: Word[] = []
    for (;;) {
      this.#skipSpace()
      const char = this.#text[this.#at]
      if (char === undefined)
        return words.length === 0
          ? { words, end: this.#at, ends: "nothing" }
          : this.#fault(words, "the file ends inside a directive", "end the directive with `;`", words[0])
      if (char === ";" || char === "{") {
        this.#at++
        if (words.length > 0) return { words, end: this.#at, ends: char }
        return this.#fault(words, `\`${char}\` stands where a directive begins`, `remove \`${char}\``)
      }
      if (char === "}") {
        const first = words[0]
        if (first !== undefined)
          return this.#fault(
            words,
            "`}` stands inside a directive",
            `end \`${first.text.slice(0, 40)}\` with \`;\``,
            first,
          )
        this.#at++
        return { words, end: this.#at, ends: "}" }
      }
      const word = char === '"' || char === "'" ? this.#quoted(char) : this.#plain()
      if (word === undefined) {
        const fault = this.#fault(words, `a ${char} is not closed`, `close it with another ${char}`)
        this.#at = this.#text.length
        return { ...fault, isLast: true }
      }
      words.push(word)
      if (words.length > MOST_WORDS)
        return this.#fault(words, `a directive has more than ${MOST_WORDS} arguments`, "end it with `;`", words[0])
    }
  }

  /** Takes what stands in braces as it is, after their `{` was read: the code of `*_by_lua_block`. False where they are not closed. */
  skipCode(): boolean {
    for (let depth = 1; this.#at < this.#text.length; ) {
      const char = this.#text[this.#at]
      if (this.#skipLuaText(char)) continue
      if (char === "{") depth++
      if (char === "}") depth--
      this.#advance(this.#at + 1)
      if (depth === 0) return true
    }
    return false
  }

  get at(): number {
    return this.#at
  }

  /** Strings and comments of Lua, whose braces do not count. */
  #skipLuaText(char: string | undefined): boolean {
    const text = this.#text
    const long = /^(?:--)?\[(=*)\[/.exec(text.slice(this.#at, this.#at + 20))
    if (long !== null) {
      const close = text.indexOf(`]${long[1]}]`, this.#at)
      this.#advance(close === -1 ? text.length : close + 2 + (long[1]?.length ?? 0))
      return true
    }
    if (char === "-" && text[this.#at + 1] === "-") {
      const end = text.indexOf("\n", this.#at)
      this.#advance(end === -1 ? text.length : end)
      return true
    }
    if (char !== '"' && char !== "'") return false
    let at = this.#at + 1
    while (at < text.length && text[at] !== char && text[at] !== "\n") at += text[at] === "\\" ? 2 : 1
    this.#advance(Math.min(text.length, at + 1))
    return true
  }

  #skipSpace(): void {
    for (;;) {
      const char = this.#text[this.#at]
      if (char === "#") {
        const end = this.#text.indexOf("\n", this.#at)
        this.#at = end === -1 ? this.#text.length : end
      } else if (char !== undefined && SPACE.includes(char)) this.#advance(this.#at + 1)
      else return
    }
  }

  #quoted(mark: string): Word | undefined {
    const { line, column, start } = this.#here()
    let at = start + 1
    while (at < this.#text.length && this.#text[at] !== mark) at += this.#text[at] === "\\" ? 2 : 1
    if (at >= this.#text.length) return undefined
    const text = unescaped(this.#text.slice(start + 1, at))
    this.#advance(at + 1)
    return { text, line, column, start, end: at + 1 }
  }

  #plain(): Word {
    const { line, column, start } = this.#here()
    let at = start
    for (; at < this.#text.length; at++) {
      const char = this.#text[at] ?? ""
      if (char === "\\") at++
      // A brace behind a dollar sign belongs to the name of a variable.
      else if (char === "{" && this.#text[at - 1] === "$" && at > start) continue
      else if (char === ";" || char === "{" || SPACE.includes(char)) break
    }
    at = Math.min(at, this.#text.length)
    this.#advance(at)
    return { text: unescaped(this.#text.slice(start, at)), line, column, start, end: at }
  }

  #here() {
    return { line: this.#line, column: this.#at - this.#lineStart + 1, start: this.#at }
  }

  #advance(to: number): void {
    for (let at = this.#text.indexOf("\n", this.#at); at !== -1 && at < to; at = this.#text.indexOf("\n", at + 1)) {
      this.#line++
      this.#lineStart = at + 1
    }
    this.#at = to
  }

  #fault(words: readonly Word[], message: string, hint: string, from?: Word): Statement & { readonly ends: "fault" } {
    const { line, column } = from ?? this.#here()
    return { words, end: this.#at, ends: "fault", message, hint, line, column, isLast: this.#at >= this.#text.length }
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', "'": "'", "\\": "\\", t: "\t", r: "\r", n: "\n" }

/** Any other escape keeps its backslash, as patterns need it. */
const unescaped = (text: string): string =>
  text.includes("\\") ? text.replace(/\\(["'\\trn])/g, (_, char: string) => ESCAPES[char] ?? char) : text
