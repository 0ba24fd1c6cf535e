/** Shorter ones are in every text. */
const SHORTEST = 3

/**
 * Texts of which at least one stands, in lower case, in whatever a pattern matches; undefined where none can be told. Whoever
 * looks for many patterns asks for these first, as looking for a plain text is a hundred times cheaper than compiling a pattern.
 *
 * Knows the syntax the clues use; of anything else it says undefined, which is always right.
 */
export function needlesOf(pattern: RegExp): readonly string[] | undefined {
  // With both flags more letters are equal than lower case makes so (the Kelvin sign is a k).
  if (pattern.flags.includes("u") && pattern.flags.includes("i")) return undefined
  try {
    const reader = new Reader(pattern.source)
    const needles = reader.alternatives()
    return reader.isDone ? needles : undefined
  } catch (error) {
    if (error instanceof Unknown) return undefined
    throw error
  }
}

class Unknown extends Error {}

type Needles = readonly string[] | undefined
type Atom =
  | { readonly kind: "letter"; readonly letter: string }
  | { readonly kind: "nothing" | "any" }
  | { readonly kind: "group"; readonly needles: Needles }

class Reader {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  get isDone(): boolean {
    return this.#at === this.#source.length
  }

  /** Of each branch one is needed, so that all together are. */
  alternatives(): Needles {
    const all: string[] = []
    let isKnown = true
    do {
      const branch = this.#sequence()
      if (branch === undefined) isKnown = false
      else all.push(...branch)
    } while (this.#take("|"))
    return isKnown ? [...new Set(all)] : undefined
  }

  /** The best of what every match of the sequence holds. */
  #sequence(): Needles {
    let best: Needles
    let run = ""
    const consider = (found: Needles): void => {
      if (found !== undefined && worth(found) > worth(best)) best = found
    }
    const end = (): void => {
      if (run.length >= SHORTEST) consider([run])
      run = ""
    }
    while (!this.isDone && this.#peek() !== "|" && this.#peek() !== ")") {
      const atom = this.#atom()
      const { least, most } = this.#quantifier()
      if (atom.kind === "nothing") continue
      if (atom.kind === "letter" && least >= 1) {
        run += atom.letter
        if (most > 1) end()
        continue
      }
      end()
      if (atom.kind === "group" && least >= 1) consider(atom.needles)
    }
    end()
    return best
  }

  #atom(): Atom {
    const char = this.#next()
    switch (char) {
      case "^":
      case "$":
        return { kind: "nothing" }
      case ".":
        return { kind: "any" }
      case "[":
        this.#skipClass()
        return { kind: "any" }
      case "(":
        return this.#group()
      case "\\":
        return this.#escape()
      default:
        return letter(char)
    }
  }

  #group(): Atom {
    let isLook = false
    if (this.#take("?")) {
      if (this.#take("=") || this.#take("!")) isLook = true
      else if (this.#take("<")) {
        if (!this.#take("=") && !this.#take("!")) throw new Unknown()
        isLook = true
      } else if (!this.#take(":")) throw new Unknown()
    }
    const needles = this.alternatives()
    if (!this.#take(")")) throw new Unknown()
    return isLook ? { kind: "nothing" } : { kind: "group", needles }
  }

  #escape(): Atom {
    const char = this.#next()
    if (char === "b" || char === "B") return { kind: "nothing" }
    if (/[dDwWsS]/.test(char)) return { kind: "any" }
    if (char === "n" || char === "r" || char === "t") return letter({ n: "\n", r: "\r", t: "\t" }[char] ?? "")
    if (/[a-zA-Z0-9]/.test(char)) {
      if (char === "u" || char === "x") {
        const digits = this.#source.slice(this.#at, this.#at + (char === "u" ? 4 : 2))
        if (!/^[0-9a-fA-F]+$/.test(digits)) throw new Unknown()
        this.#at += digits.length
        return letter(String.fromCharCode(Number.parseInt(digits, 16)))
      }
      throw new Unknown()
    }
    return letter(char)
  }

  #skipClass(): void {
    for (let char = this.#next(); char !== "]"; char = this.#next()) if (char === "\\") this.#next()
  }

  #quantifier(): { readonly least: number; readonly most: number } {
    let found = { least: 1, most: 1 }
    if (this.#take("?")) found = { least: 0, most: 1 }
    else if (this.#take("*")) found = { least: 0, most: Number.POSITIVE_INFINITY }
    else if (this.#take("+")) found = { least: 1, most: Number.POSITIVE_INFINITY }
    else {
      const counted = /^\{(\d+)(,(\d*))?\}/.exec(this.#source.slice(this.#at, this.#at + 24))
      if (counted === null) return found
      this.#at += counted[0].length
      const least = Number(counted[1])
      found = {
        least,
        most: counted[2] === undefined ? least : counted[3] === "" ? Number.POSITIVE_INFINITY : Number(counted[3]),
      }
    }
    this.#take("?")
    return found
  }

  #peek(): string | undefined {
    return this.#source[this.#at]
  }

  #next(): string {
    const char = this.#source[this.#at]
    if (char === undefined) throw new Unknown()
    this.#at++
    return char
  }

  #take(char: string): boolean {
    if (this.#peek() !== char) return false
    this.#at++
    return true
  }
}

/** Letters beyond ASCII have other cases than lower case makes of ASCII. */
function letter(char: string) {
  return char.charCodeAt(0) < 0x80
    ? ({ kind: "letter", letter: char.toLowerCase() } as const)
    : ({ kind: "any" } as const)
}

/** The longer the shortest of them, and the fewer, the less often they stand somewhere by chance. */
function worth(needles: Needles): number {
  if (needles === undefined || needles.length === 0) return 0
  return Math.min(...needles.map((it) => it.length)) - needles.length / 10
}
