import { type Pattern as Pcre, patternOf as pcreOf } from "../../values/pattern.ts"

/** A regular expression of the configuration, and what it catches. */
export interface Pattern {
  readonly written: string
  /** The whole match first, then each group; `unknown` where trying it could take too long or differs from PCRE. */
  match(text: string): readonly string[] | undefined | "unknown"
}

/** One that cannot be tried here: what depends on it is unknown. */
const untried = (written: string): Pattern => ({ written, match: () => "unknown" })

export function patternOf(written: string, isCaseless = false): Pattern {
  const pcre: Pcre | undefined = pcreOf(written, isCaseless)
  if (pcre === undefined) return untried(written)
  // httpd lets "." take a line break and "$" only the very end, which is not how the pattern was read.
  return { written, match: (text) => (text.includes("\n") ? "unknown" : pcre.match(text)) }
}
