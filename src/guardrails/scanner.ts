import { isAlphanumeric } from "./characters.ts"
import type { Finding } from "./finding.ts"

/** Only more text can tell. */
export const MORE = -1

/** Characters ahead of a place, at most, by which it is decided what begins there. */
export const LOOKAHEAD = 512
/** Characters before a place that may matter to what begins there. */
export const LOOKBEHIND = 96

/**
 * Finds one kind of thing by looking at one place at a time.
 *
 * Laws: what begins with a letter or digit of ASCII begins where no other stands before, but that of an escape; what is answered other than `MORE` stays the answer however the text goes on; with `isWhole` the answer is never
 * `MORE`; at most `LOOKAHEAD` characters ahead and `LOOKBEHIND` before are looked at. So a text that comes in pieces is
 * read as the whole is, in time that grows as the text does.
 */
export interface Scanner {
  readonly kind: string
  /** Whether one may begin with this code unit: the quick no. */
  begins(code: number): boolean
  /** The length of what begins at `from`, or 0, or `MORE`. `isWhole`: no more text comes. */
  at(text: string, from: number, isWhole: boolean): number
  /** How many characters at `at`, behind what was found, belong to it as well; 0 ends it. Of what may be of any length. */
  goesOn?(text: string, at: number, isWhole: boolean): number
}

/** Scanners by the first code unit of what they find. */
export class Scanners {
  readonly #ascii: readonly (readonly Scanner[])[]
  readonly #all: readonly Scanner[]
  /** Whose the last finding of `at` was. */
  found: Scanner | undefined

  constructor(all: readonly Scanner[]) {
    this.#all = all
    this.#ascii = Array.from({ length: 128 }, (_, code) => all.filter((it) => it.begins(code)))
  }

  get isEmpty(): boolean {
    return this.#all.length === 0
  }

  /** As `Scanner.at`, of all: the longest, and of equals the first. */
  at(text: string, from: number, isWhole: boolean): number {
    const code = text.charCodeAt(from)
    // Most places are inside a word. Behind a backslash its first letter may be that of an escape.
    if (isAlphanumeric(code) && isAlphanumeric(text.charCodeAt(from - 1)) && text.charCodeAt(from - 2) !== 92) return 0
    const those = code < 128 ? this.#ascii[code] : this.#all
    let longest = 0
    if (those === undefined || those.length === 0) return 0
    for (const it of those) {
      if (code >= 128 && !it.begins(code)) continue
      const length = it.at(text, from, isWhole)
      if (length === MORE) return MORE
      if (length <= longest) continue
      longest = length
      this.found = it
    }
    return longest
  }
}

/** All findings of a whole text, in order, none within another. What goes on directly as the same kind is one. */
export function findingsIn(text: string, scanners: Scanners): readonly Finding[] {
  const findings: Finding[] = []
  for (let at = 0; at < text.length; ) {
    const length = scanners.at(text, at, true)
    const { found } = scanners
    if (length <= 0 || found === undefined) {
      at++
      continue
    }
    let to = at + length
    if (found.goesOn !== undefined) {
      for (let more = 1; more > 0 && to < text.length; to += more) more = found.goesOn(text, to, true)
    }
    const last = findings.at(-1)
    if (last?.to === at && last.kind === found.kind) findings[findings.length - 1] = { ...last, to }
    else findings.push({ kind: found.kind, from: at, to })
    at = to
  }
  return findings
}

/** The kinds that are found in a text, each once, in the order they are met. */
export function kindsIn(texts: readonly string[], scanners: Scanners): readonly string[] {
  const kinds = new Set<string>()
  for (const text of texts) for (const { kind } of findingsIn(text, scanners)) kinds.add(kind)
  return [...kinds]
}
