/** Whether a text holds `*`, `?` or a list in brackets (`apr_fnmatch_test`). */
export function hasWildcard(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === "*" || char === "?") return true
    if (char === "\\") at++
    else if (char === "[" && text.indexOf("]", at + 1) !== -1) return true
  }
  return false
}

/** As a shell matches names: no wildcard matches a slash (`apr_fnmatch` with `APR_FNM_PATHNAME`). */
export function matchesWildcard(pattern: string, text: string): boolean {
  const patterns = pattern.split("/")
  const texts = text.split("/")
  return patterns.length === texts.length && patterns.every((it, at) => matchesName(it, texts[at] ?? ""))
}

/** Goes back only to the last `*`, which suffices within one name and takes no more than the product of both lengths. */
function matchesName(pattern: string, text: string): boolean {
  let inPattern = 0
  let inText = 0
  let star = -1
  let starText = 0
  while (inText < text.length) {
    const step = pattern[inPattern] === "*" ? "star" : stepAt(pattern, inPattern, text[inText] ?? "")
    if (step === "star") {
      star = inPattern++
      starText = inText
    } else if (step !== undefined) {
      inPattern = step
      inText++
    } else if (star !== -1) {
      inPattern = star + 1
      inText = ++starText
    } else return false
  }
  while (pattern[inPattern] === "*") inPattern++
  return inPattern >= pattern.length
}

/** Where the pattern goes on if it takes this character here. */
function stepAt(pattern: string, at: number, char: string): number | undefined {
  const it = pattern[at]
  if (it === undefined) return undefined
  if (it === "?") return at + 1
  if (it === "[") {
    const end = pattern.indexOf("]", at + 2)
    if (end !== -1) return isListed(pattern.slice(at + 1, end), char) ? end + 1 : undefined
  }
  if (it === "\\" && at + 1 < pattern.length) return pattern[at + 1] === char ? at + 2 : undefined
  return it === char ? at + 1 : undefined
}

function isListed(list: string, char: string): boolean {
  const isNegated = list.startsWith("!") || list.startsWith("^")
  for (let at = isNegated ? 1 : 0; at < list.length; at++) {
    const low = list[at] ?? ""
    const high = list[at + 1] === "-" ? list[at + 2] : undefined
    if (high !== undefined) at += 2
    if (char >= low && char <= (high ?? low)) return !isNegated
  }
  return isNegated
}
