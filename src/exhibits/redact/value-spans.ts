import { secrecyOf } from "./names.ts"
import type { Span } from "./span.ts"
import { isHarmless, isProse, isRandom, schemeLength } from "./values.ts"

/** What is to be blotted of a value that belongs to `name` and stands at `start`: what tells nothing stays. */
export function valueSpans(name: string, value: string, start: number): Iterable<Span> {
  const secrecy = secrecyOf(name)
  if (secrecy === "no" || isHarmless(value)) return []
  if (secrecy === "perhaps") return isRandom(value) ? [{ start, end: start + value.length }] : []
  if (/^set-cookie2?$/i.test(name)) return setCookieSpans(value, start)
  if (/cookies?$/i.test(name) && value.includes("=")) return cookieSpans(value, start)
  if (!/pass|pwd|secret|authorization|api-?key/i.test(name) && schemeLength(value) === 0 && isProse(value)) return []
  return credentialSpans(value, start)
}

/** All but the scheme word, and all but the scope of a signature of AWS, which tells region and service. */
export function credentialSpans(value: string, start: number): Iterable<Span> {
  const scheme = schemeLength(value)
  const rest = value.slice(scheme)
  if (isHarmless(rest)) return []
  if (/^aws4/i.test(value)) return signatureSpans(rest, start + scheme)
  const scope = /(?:\/|%2F)\d{8}(?:\/|%2F)[a-z0-9-]{1,40}(?:\/|%2F)[a-z0-9-]{1,40}(?:\/|%2F)aws4_request$/i.exec(rest)
  return [{ start: start + scheme, end: start + value.length - (scope?.[0].length ?? 0) }]
}

/** `Credential=…, SignedHeaders=…, Signature=…`: which headers were signed is no secret. */
function* signatureSpans(rest: string, start: number): Generator<Span> {
  let at = 0
  for (const part of rest.split(",")) {
    const equals = part.indexOf("=")
    const from = start + at + equals + 1
    if (!/^\s*SignedHeaders$/i.test(part.slice(0, Math.max(equals, 0))))
      yield* credentialSpans(part.slice(equals + 1), from)
    at += part.length + 1
  }
}

/** Names of cookies stay. */
export function* cookieSpans(value: string, start: number): Generator<Span> {
  let at = 0
  for (const part of value.split(";")) {
    const equals = part.indexOf("=")
    const held = part.slice(equals + 1)
    if (!isHarmless(held)) yield { start: start + at + equals + 1, end: start + at + part.length }
    at += part.length + 1
  }
}

const ATTRIBUTE =
  /^\s*(?:path|domain|expires|max-age|samesite|secure|httponly|priority|partitioned|version|comment)(?=\s*(?:=|$|,|\\n|\n))/i

/** Attributes stay; behind one, another cookie may begin where fields were joined. */
function* setCookieSpans(value: string, start: number): Generator<Span> {
  let at = 0
  for (const part of value.split(";")) {
    const isAttribute = at > 0 && ATTRIBUTE.test(part)
    const joint = /(?:,[ ]?|\\n|\n)[^=;,\s]{1,256}=/.exec(part)
    const equals = isAttribute ? (joint === null ? part.length : joint.index + joint[0].length - 1) : part.indexOf("=")
    const held = part.slice(equals + 1)
    if (held !== "" && !isHarmless(held)) yield { start: start + at + equals + 1, end: start + at + part.length }
    at += part.length + 1
  }
}
