import { isStart } from "../characters.ts"
import { MORE, type Scanner } from "../scanner.ts"
import { isInToken, TOKEN_FORMS, type TokenForm } from "./token-forms.ts"

const BY_FIRST: ReadonlyMap<number, readonly TokenForm[]> = Map.groupBy(TOKEN_FORMS, ({ prefix }) =>
  prefix.charCodeAt(0),
)

/** Keys and tokens that are known by how they look, wherever they stand. */
export const token: Scanner = {
  kind: "secret",
  begins: (code) => BY_FIRST.has(code),
  at(text, from, isWhole) {
    if (!isStart(text, from) || (text[from - 1] === "-" && isInToken(text.charCodeAt(from - 2)))) return 0
    let longest = 0
    for (const form of BY_FIRST.get(text.charCodeAt(from)) ?? []) {
      const length = lengthOf(form, text, from, isWhole)
      if (length === MORE) return MORE
      longest = Math.max(longest, length)
    }
    return longest
  },
  goesOn: tokenGoesOn,
}

/** Letters, digits, hyphens and underscores, and a full stop between two of them. */
export function tokenGoesOn(text: string, at: number, isWhole: boolean): number {
  const code = text.charCodeAt(at)
  if (isInToken(code)) return 1
  if (code !== 46) return 0
  if (at + 1 >= text.length) return isWhole ? 0 : MORE
  return isInToken(text.charCodeAt(at + 1)) ? 1 : 0
}

function lengthOf({ prefix, least, of }: TokenForm, text: string, from: number, isWhole: boolean): number {
  for (let at = 0; at < prefix.length + least; at++) {
    const code = text.charCodeAt(from + at)
    if (from + at >= text.length) return isWhole ? 0 : MORE
    if (at < prefix.length ? code !== prefix.charCodeAt(at) : !of(code)) return 0
  }
  return prefix.length + least
}
