/** What a server makes of a request's target. Paths are bytes, one character each. */
export interface ReadUri {
  /** Decoded and without `.`, `..` and, unless told otherwise, double slashes. */
  readonly path: string
  readonly args: string
  /** Something in the path was written as `%XX`, or a plus sign stands in it: captures are then encoded again. */
  readonly isQuoted: boolean
}

/** Undefined for what nginx answers with 400 (src/http/ngx_http_parse.c). `target` begins with a slash or is absolute. */
export function readUri(target: string, mergesSlashes: boolean): ReadUri | undefined {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(target)
  const rest = absolute === null ? target : target.slice(absolute[0].length)
  const origin = rest.startsWith("/") ? rest : absolute === null ? undefined : `/${rest}`
  if (origin === undefined || FORBIDDEN.test(origin)) return undefined
  const hash = origin.indexOf("#")
  const whole = hash === -1 ? origin : origin.slice(0, hash)
  const question = whole.indexOf("?")
  const raw = question === -1 ? whole : whole.slice(0, question)
  const args = question === -1 ? "" : whole.slice(question + 1)
  const isQuoted = /[%+]/.test(raw)
  const path = COMPLEX.test(raw) ? new Path(raw, mergesSlashes).read() : raw
  return path === undefined ? undefined : { path, args, isQuoted }
}

const FORBIDDEN = /[\0- \x7f]/
const COMPLEX = /%|\/\.|\/\//

/** The automaton of `ngx_http_parse_complex_uri`, state by state. */
class Path {
  readonly #raw: string
  readonly #mergesSlashes: boolean
  readonly #out: string[] = []

  constructor(raw: string, mergesSlashes: boolean) {
    this.#raw = raw
    this.#mergesSlashes = mergesSlashes
  }

  read(): string | undefined {
    let state: State = "usual"
    for (let at = 0; at < this.#raw.length; at++) {
      const char = this.#raw[at] ?? ""
      if (char !== "%") {
        const next = this.#step(state, char)
        if (next === undefined) return undefined
        state = next
        continue
      }
      const hex = this.#raw.slice(at + 1, at + 3)
      if (!/^[0-9a-f]{2}$/i.test(hex)) return undefined
      at += 2
      const decoded = String.fromCharCode(Number.parseInt(hex, 16))
      if (decoded === "\0") return undefined
      if (decoded === "%" || decoded === "#" || decoded === "?") {
        this.#out.push(decoded)
        state = "usual"
        continue
      }
      const next = this.#step(state, decoded)
      if (next === undefined) return undefined
      state = next
    }
    if (state === "dot") this.#out.pop()
    if (state === "dot-dot" && !this.#up()) return undefined
    return this.#out.join("")
  }

  #step(state: State, char: string): State | undefined {
    switch (state) {
      case "usual":
        this.#out.push(char)
        return char === "/" ? "slash" : "usual"
      case "slash":
        if (char === "/") {
          if (!this.#mergesSlashes) this.#out.push(char)
          return "slash"
        }
        this.#out.push(char)
        return char === "." ? "dot" : "usual"
      case "dot":
        if (char === "/") {
          this.#out.pop()
          return "slash"
        }
        this.#out.push(char)
        return char === "." ? "dot-dot" : "usual"
      case "dot-dot":
        if (char === "/") return this.#up() ? "slash" : undefined
        this.#out.push(char)
        return "usual"
    }
  }

  /** Takes back `..` and the name before it; false at the root. */
  #up(): boolean {
    // The two dots, the slash before them, and one more: what `u -= 4` goes back to.
    this.#out.length -= 2
    let at = this.#out.length - 2
    while (at >= 0 && this.#out[at] !== "/") at--
    if (at < 0) return false
    this.#out.length = at + 1
    return true
  }
}
type State = "usual" | "slash" | "dot" | "dot-dot"

/** As nginx encodes what it puts into a query (`NGX_ESCAPE_ARGS`). */
export const escapeArgs = (text: string): string =>
  text.replace(
    /[\0- "#%&+;<>?\\^`{|}\x7f-\xff]/g,
    (it) => `%${it.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  )
