import { isAlphanumeric, isDigit, isEscape, isLetter } from "../characters.ts"
import { MORE, type Scanner } from "../scanner.ts"

/** RFC 5321 §4.5.3.1. */
const LONGEST_LOCAL = 64
const LONGEST_DOMAIN = 255
/** `icon@2x.png` is a file. */
const FILE_ENDINGS = new Set([
  "png",
  "jpg",
  "jpeg",
  "gif",
  "svg",
  "webp",
  "avif",
  "css",
  "js",
  "ts",
  "json",
  "md",
  "html",
])

/** Letters with marks, Latin. */
const isAccented = (code: number): boolean => code >= 0xc0 && code <= 0x24f
const isLocal = (code: number): boolean =>
  isAlphanumeric(code) || code === 46 || code === 95 || code === 45 || code === 43 || code === 37 || isAccented(code)
const isDomain = (code: number): boolean => isAlphanumeric(code) || code === 46 || code === 45 || isAccented(code)

/** Addresses of electronic mail: dot-atoms at a domain of names (RFC 5322 §3.4.1); no quoted names, no address literals. */
export const email: Scanner = {
  kind: "email",
  begins: (code) => isLocal(code) && code !== 46 && code !== 45,
  at(text, from, isWhole) {
    const before = text.charCodeAt(from - 1)
    if (isEscape(text, from) || (isLocal(before) && !isEscape(text, from - 1))) return 0
    let at = from
    for (; isLocal(text.charCodeAt(at)); at++) if (at - from > LONGEST_LOCAL) return 0
    if (at >= text.length) return isWhole ? 0 : MORE
    if (text[at] !== "@" || at - from > LONGEST_LOCAL) return 0
    const start = at + 1
    for (at = start; isDomain(text.charCodeAt(at)); at++) if (at - start > LONGEST_DOMAIN) return 0
    // What follows tells an address from the remote of a repository.
    if (at >= text.length && !isWhole) return MORE
    if (text[at] === ":" && text.slice(from, start) === "git@") return 0
    const domain = domainOf(text.slice(start, at))
    return domain === 0 ? 0 : start + domain - from
  },
}

/** Letters of the domain, without the full stop of a sentence; 0 where it is none. */
function domainOf(run: string): number {
  let end = run.length
  while (end > 0 && (run[end - 1] === "." || run[end - 1] === "-")) end--
  const labels = run.slice(0, end).split(".")
  const last = labels.at(-1) ?? ""
  const isNamed = last.startsWith("xn--") || (last.length >= 2 && last.length <= 24 && isAllLetters(last))
  if (labels.length < 2 || !isNamed || FILE_ENDINGS.has(last.toLowerCase())) return 0
  const isLabel = (it: string): boolean => it !== "" && it.length <= 63 && !it.startsWith("-") && !it.endsWith("-")
  return labels.every(isLabel) ? end : 0
}

function isAllLetters(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isDigit(code) || (!isLetter(code) && !isAccented(code))) return false
  }
  return true
}
