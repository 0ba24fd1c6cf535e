import { CLASSES, NEGATED, POSIX } from "./pattern-classes.ts"

/** What one group holds, as far as it matters for how long matching may take. */
interface Group {
  /** Characters that must be met once in every round. */
  readonly fixed: Set<string>
  /** For each repeated atom, whether it can take a character. */
  readonly repeated: ((char: string) => boolean)[]
  alternatives: number
}

/** Rounds of a group that are tried in all ways without much ado. */
const FEW = 3
/** Repetitions from here on count like any number of them. */
const MANY = 16

/** Says a pattern of PCRE in the words of JavaScript, and counts what may take long. */
export class PatternReader {
  readonly names = new Map<string, number>()
  isCaseless = false
  /** The time a match takes grows with this power of the text's length. */
  power = 1
  readonly #text: string
  #at = 0
  #groups = 0
  #out = ""
  readonly #open: Group[] = [newGroup()]
  /** The last atom: what it can take, or the group it is. */
  #atom: { readonly takes: (char: string) => boolean; readonly literal?: string; readonly group?: Group } | undefined

  constructor(text: string) {
    this.#text = text
  }

  read(): string | undefined {
    const flags = /^\(\?(i)\)/.exec(this.#text)
    if (flags !== null) {
      this.isCaseless = true
      this.#at = flags[0].length
    }
    if (/^\^|^\\A/.test(this.#text.slice(this.#at)) && !this.#text.includes("|")) this.power = 0
    while (this.#at < this.#text.length) if (!this.#one()) return undefined
    if (this.#open.length !== 1) return undefined
    this.power = Math.max(1, this.power)
    return this.#out
  }

  #one(): boolean {
    const char = this.#text[this.#at] ?? ""
    switch (char) {
      case "(":
        return this.#openGroup()
      case ")":
        return this.#closeGroup()
      case "[":
        return this.#set()
      case "\\":
        return this.#escape()
      case "|":
        this.#settle()
        this.#group().alternatives++
        return this.#put("|")
      case "*":
      case "+":
      case "?":
      case "{":
        return this.#repeat(char)
      case "^":
        this.#settle()
        return this.#put("^")
      case "$":
        this.#settle()
        // As in PCRE, also before a line break that ends the text.
        return this.#put("(?=\\n?$)", 1)
      case ".":
        this.#settle()
        this.#atom = { takes: (it) => it !== "\n" }
        return this.#put("[^\\n]", 1)
      default:
        return this.#literal(char, char === "/" ? "\\/" : char === "]" || char === "}" ? `\\${char}` : char, 1)
    }
  }

  #put(source: string, length = source.length): boolean {
    this.#out += source
    this.#at += length
    return true
  }

  #literal(char: string, source: string, length: number): boolean {
    this.#settle()
    this.#atom = { takes: (it) => it.toLowerCase() === char.toLowerCase(), literal: char }
    return this.#put(source, length)
  }

  /** The atom before is not repeated, as another follows. */
  #settle(): void {
    const atom = this.#atom
    if (atom === undefined) return
    this.#atom = undefined
    const group = this.#group()
    if (atom.literal !== undefined) group.fixed.add(atom.literal)
    if (atom.group !== undefined) {
      group.repeated.push(...atom.group.repeated)
      if (atom.group.alternatives > 1) group.repeated.push(() => true)
      else for (const it of atom.group.fixed) group.fixed.add(it)
    }
  }

  #group(): Group {
    return this.#open.at(-1) ?? newGroup()
  }

  #openGroup(): boolean {
    const rest = this.#text.slice(this.#at, this.#at + 80)
    this.#settle()
    this.#open.push(newGroup())
    const plain = /^\((?:\?(?::|=|!|<=|<!))/.exec(rest)
    if (plain !== null) return this.#put(plain[0])
    const named = /^\(\?(?:P?<([A-Za-z_]\w{0,31})>|'([A-Za-z_]\w{0,31})')/.exec(rest)
    if (named !== null) {
      this.names.set(named[1] ?? named[2] ?? "", ++this.#groups)
      return this.#put("(", named[0].length)
    }
    if (rest.startsWith("(?") || rest.startsWith("(*")) return false
    this.#groups++
    return this.#put("(")
  }

  #closeGroup(): boolean {
    if (this.#open.length === 1) return false
    this.#settle()
    const group = this.#open.pop() ?? newGroup()
    this.#atom = { takes: () => true, group }
    return this.#put(")")
  }

  #set(): boolean {
    this.#settle()
    let at = this.#at + 1
    const isNegated = this.#text[at] === "^"
    if (isNegated) at++
    let inner = ""
    let isFirst = true
    for (; ; isFirst = false) {
      const char = this.#text[at]
      if (char === undefined) return false
      if (char === "]" && !isFirst) break
      if (char === "[") {
        const posix = /^\[:(\w+):\]/.exec(this.#text.slice(at, at + 12))
        const set = posix === null ? "\\[" : POSIX[posix[1] ?? ""]
        if (set === undefined) return false
        inner += set
        at += posix === null ? 1 : posix[0].length
      } else if (char === "\\") {
        const next = this.#text[at + 1] ?? ""
        const made = this.#escapeInSet(next, at)
        if (made === undefined) return false
        inner += made.source
        at += made.length
      } else {
        inner += char === "]" || char === "^" ? `\\${char}` : char
        at++
      }
    }
    const source = `[${isNegated ? "^" : ""}${inner}]`
    const test = safeRegex(source)
    if (test === undefined) return false
    this.#atom = { takes: (it) => test.test(it) || test.test(it.toLowerCase()) || test.test(it.toUpperCase()) }
    return this.#put(source, at + 1 - this.#at)
  }

  #escapeInSet(next: string, at: number): { readonly source: string; readonly length: number } | undefined {
    const set = CLASSES[next]
    if (set !== undefined) return { source: set, length: 2 }
    if (next === "D" || next === "W") return { source: `\\${next}`, length: 2 }
    if (/[tnrf]/.test(next)) return { source: `\\${next}`, length: 2 }
    const hex = /^\\x[0-9A-Fa-f]{2}/.exec(this.#text.slice(at, at + 4))
    if (hex !== null) return { source: hex[0], length: 4 }
    return next !== "" && /[^A-Za-z0-9]/.test(next) ? { source: `\\${next}`, length: 2 } : undefined
  }

  #escape(): boolean {
    const next = this.#text[this.#at + 1] ?? ""
    const set = CLASSES[next]
    const negated = NEGATED[next]
    if (set !== undefined || negated !== undefined) {
      this.#settle()
      const source = set === undefined ? `[^${negated}]` : `[${set}]`
      const test = safeRegex(source)
      this.#atom = { takes: (it) => test?.test(it) ?? true }
      return this.#put(source, 2)
    }
    const anchor = { b: "\\b", B: "\\B", A: "^", z: "$", Z: "(?=\\n?$)" }[next]
    if (anchor !== undefined) {
      this.#settle()
      return this.#put(anchor, 2)
    }
    const hex = /^\\x([0-9A-Fa-f]{2})/.exec(this.#text.slice(this.#at, this.#at + 4))
    if (hex !== null) return this.#literal(String.fromCharCode(Number.parseInt(hex[1] ?? "", 16)), hex[0], 4)
    const control = { t: "\t", n: "\n", r: "\r", f: "\f" }[next]
    if (control !== undefined) return this.#literal(control, `\\${next}`, 2)
    if (next === "" || /[A-Za-z0-9]/.test(next)) return false
    const source = /[\^$\\.*+?()[\]{}|/]/.test(next) ? `\\${next}` : next
    return this.#literal(next, source, 2)
  }

  #repeat(char: string): boolean {
    const braces = /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/.exec(this.#text.slice(this.#at, this.#at + 12))
    if (char === "{" && braces === null) return this.#literal("{", "\\{", 1)
    const atom = this.#atom
    if (atom === undefined) return false
    this.#atom = undefined
    const source = char === "{" ? (braces?.[0] ?? "") : char
    const most = char === "?" ? 1 : braces === null ? Number.POSITIVE_INFINITY : repeats(braces)
    const least = char === "+" ? 1 : char === "{" ? Number(braces?.[1]) : 0
    this.#put(source)
    const lazy = this.#text[this.#at] === "?" ? "?" : ""
    if (this.#text[this.#at] === "+") return false
    this.#put(lazy)
    return this.#noteRepeated(atom, most, least)
  }

  /** Counts what may take long; false for repetition that could take forever. */
  #noteRepeated(
    atom: { readonly takes: (char: string) => boolean; readonly literal?: string; readonly group?: Group },
    most: number,
    least: number,
  ): boolean {
    const group = this.#group()
    const inner = atom.group
    if (inner !== undefined && most > FEW && !isUnambiguous(inner)) return false
    if (inner !== undefined) group.repeated.push(...inner.repeated)
    if (least > 0 && atom.literal !== undefined) group.fixed.add(atom.literal)
    group.repeated.push(atom.takes)
    if (most > MANY) this.power++
    return true
  }
}

const newGroup = (): Group => ({ fixed: new Set(), repeated: [], alternatives: 1 })

const repeats = ([, from, comma, to]: RegExpExecArray): number =>
  comma === undefined ? Number(from) : to === "" ? Number.POSITIVE_INFINITY : Number(to)

/** Where each round must meet a character that nothing repeated in it can take, text divides into rounds in one way only. */
function isUnambiguous({ fixed, repeated, alternatives }: Group): boolean {
  if (alternatives > 1) return false
  return repeated.length === 0 || [...fixed].some((char) => !repeated.some((takes) => takes(char)))
}

function safeRegex(source: string): RegExp | undefined {
  try {
    return new RegExp(source)
  } catch {
    return undefined
  }
}
