import { isAlphanumeric, isUpper } from "../characters.ts"
import { MORE, type Scanner } from "../scanner.ts"

const BEGIN = "-----BEGIN "
const END = "-----END "
const NAME = "PRIVATE KEY"
/** `RSA PRIVATE KEY`, `PGP PRIVATE KEY BLOCK`. */
const LONGEST_NAME = 48

/** Private keys in textual encoding (RFC 7468 §10), also where line breaks are written `\n`, or there are none. */
export const privateKey: Scanner = {
  kind: "secret",
  begins: (code) => code === 45,
  at(text, from, isWhole) {
    return lineAt(BEGIN, text, from, isWhole)
  },
  /** Base64 and line breaks. The last line is found by itself. */
  goesOn(text, at) {
    const code = text.charCodeAt(at)
    const isBase64 = isAlphanumeric(code) || code === 43 || code === 47 || code === 61
    return isBase64 || code === 10 || code === 13 || code === 92 ? 1 : 0
  },
}

export const privateKeyEnd: Scanner = {
  kind: "secret",
  begins: (code) => code === 45,
  at: (text, from, isWhole) => lineAt(END, text, from, isWhole),
}

function lineAt(start: string, text: string, from: number, isWhole: boolean): number {
  for (let at = 0; at < start.length; at++) {
    if (from + at >= text.length) return isWhole ? 0 : MORE
    if (text.charCodeAt(from + at) !== start.charCodeAt(at)) return 0
  }
  const name = from + start.length
  let at = name
  while ((isUpper(text.charCodeAt(at)) || text[at] === " ") && at - name <= LONGEST_NAME) at++
  for (let dashes = 0; dashes < 5; dashes++, at++) {
    if (at >= text.length) return isWhole ? 0 : MORE
    if (text[at] !== "-") return 0
  }
  return text.slice(name, at).includes(NAME) ? at - from : 0
}
