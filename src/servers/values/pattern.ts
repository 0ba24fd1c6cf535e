import { toBytes } from "./bytes.ts"
import { PatternReader } from "./pattern-reader.ts"

/** A pattern as the server matches it, on text of which each character is one byte. */
export interface Pattern {
  /** As it is written. */
  readonly written: string
  readonly isCaseless: boolean
  /** Numbers of groups by name. */
  readonly names: ReadonlyMap<string, number>
  /** Groups and what they caught; `unknown` where trying it could take too long. */
  match(text: string): Matched | undefined | "unknown"
}

/** The whole match first, then each group; one that took no part is empty. */
export type Matched = readonly string[]

/** Steps one match may take in the worst case: about a tenth of a second. */
const BUDGET = 20_000_000

/**
 * PCRE as far as JavaScript can say the same. What it cannot (recursion, atomic groups, references back), and repetition in
 * repetition that could take forever on hostile text, matches as `unknown`.
 */
export const patternOf = (written: string, isCaseless: boolean): Pattern =>
  translated(toBytes(written), isCaseless) ?? { written, isCaseless, names: new Map(), match: () => "unknown" }

/** No pattern people write is as long. */
const LONGEST = 10_000

function translated(written: string, isCaseless: boolean): Pattern | undefined {
  if (written.length > LONGEST) return undefined
  const reader = new PatternReader(written)
  const source = reader.read()
  if (source === undefined) return undefined
  const caseless = isCaseless || reader.isCaseless
  // Beyond ASCII, JavaScript folds case by Unicode and PCRE does not.
  if (caseless && /[^\0-\x7f]/.test(written)) return undefined
  try {
    const regex = new RegExp(source, caseless ? "i" : "")
    const { power, names } = reader
    return {
      written,
      isCaseless,
      names,
      match: (text) => {
        if (text.length > 16 && text.length ** power > BUDGET) return "unknown"
        const found = regex.exec(text)
        return found === null ? undefined : Array.from(found, (it) => it ?? "")
      },
    }
  } catch {
    return undefined
  }
}
