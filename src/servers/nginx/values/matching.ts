import type { Matched, Pattern } from "../../values/pattern.ts"
import { Unknowable } from "./unknowable.ts"

/** @throws Unknowable where the pattern cannot be tried. */
export function tryPattern(pattern: Pattern, text: string): Matched | undefined {
  const matched = pattern.match(text)
  if (matched !== "unknown") return matched
  throw new Unknowable({
    what: `whether the pattern \`${pattern.written.slice(0, 200)}\` matches`,
    why: "it uses what is not modelled of PCRE, or could take too long to try",
  })
}
