/** Whether a path fits a pattern of glob(3): `*` and `?` stay within one name, `[a-z]` and `[!a-z]` are one character. */
export function fitsGlob(pattern: string, path: string): boolean {
  const patterns = pattern.split("/")
  const names = path.split("/")
  return patterns.length === names.length && patterns.every((it, at) => fitsName(it, names[at] ?? ""))
}

export const isGlob = (pattern: string): boolean => /[*?[]/.test(pattern)

/** In time proportional to the product of both lengths: only the last star is ever tried again. */
function fitsName(pattern: string, name: string): boolean {
  // A name that begins with a dot is only met by a pattern that does.
  if (name.startsWith(".") && !pattern.startsWith(".")) return false
  let at = 0
  let p = 0
  let starAt = -1
  let starP = -1
  while (at < name.length) {
    const step = oneFits(pattern, p, name[at] ?? "")
    if (pattern[p] === "*") {
      starP = p++
      starAt = at
    } else if (step > 0) {
      p += step
      at++
    } else if (starP >= 0) {
      p = starP + 1
      at = ++starAt
    } else return false
  }
  while (pattern[p] === "*") p++
  return p === pattern.length
}

/** How much of the pattern fits this one character, 0 for none of it. */
function oneFits(pattern: string, at: number, char: string): number {
  const first = pattern[at]
  if (first === "?") return 1
  if (first !== "[") return first === char ? 1 : 0
  const close = pattern.indexOf("]", at + 2)
  if (close === -1) return first === char ? 1 : 0
  const isNegated = pattern[at + 1] === "!" || pattern[at + 1] === "^"
  const set = pattern.slice(at + (isNegated ? 2 : 1), close)
  let isIn = false
  for (let i = 0; i < set.length; ) {
    const from = set[i] ?? ""
    const isRange = set[i + 1] === "-" && i + 2 < set.length
    const to = isRange ? (set[i + 2] ?? from) : from
    if (from <= char && char <= to) isIn = true
    i += isRange ? 3 : 1
  }
  return isIn === isNegated ? 0 : close - at + 1
}
