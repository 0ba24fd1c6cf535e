/** Bytes httpd decodes before anything else, as they need not be encoded (RFC 3986 §2.3). */
const isUnreserved = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  code === 0x2d ||
  code === 0x2e ||
  code === 0x5f ||
  code === 0x7e

const HEX = /^[0-9A-Fa-f]{2}$/

/** The byte an escape stands for; undefined for what is none. */
function escapeAt(text: string, at: number): number | undefined {
  const digits = text.slice(at + 1, at + 3)
  return HEX.test(digits) ? Number.parseInt(digits, 16) : undefined
}

export interface Normalised {
  readonly path: string
  /** An escape that is none, or a way above the root. */
  readonly isValid: boolean
}

/**
 * Takes `.` and `..` out, merges slashes where asked to, and decodes what need not be encoded (server/util.c
 * `ap_normalize_path`).
 */
export function normalise(given: string, options: { readonly merges: boolean; readonly decodes: boolean }): Normalised {
  let isValid = given.startsWith("/")
  const decoded = options.decodes ? decodeUnreserved(given) : { text: given, isValid: true }
  isValid &&= decoded.isValid
  const text = decoded.text
  const out: string[] = []
  let segment = ""
  let at = 1
  // One segment after the other; an empty one stands for a double slash.
  for (; at <= text.length; at++) {
    const isEnd = at === text.length
    if (!isEnd && text[at] !== "/") {
      segment += text[at]
      continue
    }
    if (segment === "..") {
      if (out.length === 0) isValid = false
      out.pop()
      if (isEnd) out.push("")
    } else if (segment === ".") {
      if (isEnd) out.push("")
    } else if (segment !== "" || isEnd || !options.merges) out.push(segment)
    segment = ""
  }
  return { path: `/${out.join("/")}`, isValid }
}

function decodeUnreserved(text: string): { readonly text: string; readonly isValid: boolean } {
  let isValid = true
  let out = ""
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "%") {
      out += text[at]
      continue
    }
    const code = escapeAt(text, at)
    if (code === undefined) isValid = false
    if (code !== undefined && isUnreserved(code)) {
      out += String.fromCharCode(code)
      at += 2
    } else out += "%"
  }
  return { text: out, isValid }
}

export type Slashes = "off" | "on" | "nodecode"

/** Decodes the rest; a status where httpd answers at once (server/util.c `ap_unescape_url_ex`). */
export function decode(text: string, slashes: Slashes): string | 400 | 404 {
  let out = ""
  let isForbidden = false
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "%") {
      out += text[at]
      continue
    }
    const code = escapeAt(text, at)
    if (code === undefined) return 400
    if (code === 0 || (code === 0x2f && slashes === "off")) isForbidden = true
    // What `normalise` left encoded although it need not be was encoded twice.
    const stays = isUnreserved(code) || (code === 0x2f && slashes === "nodecode")
    out += stays ? text.slice(at, at + 3) : String.fromCharCode(code)
    at += 2
  }
  return isForbidden ? 404 : out
}

/** Path and query of a request's target; an absolute one loses scheme and host. */
export function splitTarget(target: string): { readonly path: string; readonly args: string | undefined } {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(target)?.[0]
  // Before anything is parsed, slashes the path begins with are one (server/protocol.c `ap_parse_uri`).
  const local = (absolute === undefined ? target : target.slice(absolute.length) || "/").replace(/^\/+/, "/")
  const fragmentless = local.split("#", 1)[0] ?? ""
  const at = fragmentless.indexOf("?")
  if (at === -1) return { path: fragmentless, args: undefined }
  const path = fragmentless.slice(0, at)
  return { path: path === "" ? "/" : path, args: fragmentless.slice(at + 1) }
}
