import { isStart } from "../characters.ts"
import { MORE, type Scanner } from "../scanner.ts"
import { tokenGoesOn } from "./token.ts"
import { isInToken } from "./token-forms.ts"

/** Longer headers hold certificates, and are as good as never sent. */
const LONGEST_HEADER = 400
const LEAST = 8

/** JSON Web Tokens (RFC 7519): a header that begins with `{"` in base64url, a full stop, a payload; what follows goes with it. */
export const jwt: Scanner = {
  kind: "secret",
  begins: (code) => code === 101,
  at(text, from, isWhole) {
    for (let at = 0; at < 3; at++) {
      if (from + at >= text.length) return isWhole ? 0 : MORE
      if (text[from + at] !== "eyJ"[at]) return 0
    }
    if (!isStart(text, from)) return 0
    let at = from + 3
    while (isInToken(text.charCodeAt(at)) && at - from <= LONGEST_HEADER) at++
    if (at >= text.length) return isWhole ? 0 : MORE
    if (text[at] !== "." || at - from < LEAST) return 0
    const payload = at + 1
    for (at = payload; at < payload + LEAST; at++) {
      if (at >= text.length) return isWhole ? 0 : MORE
      if (!isInToken(text.charCodeAt(at))) return 0
    }
    return at - from
  },
  goesOn: tokenGoesOn,
}
