import type { Span } from "./span.ts"

const BEGIN = `(?:(?<![A-Za-z0-9_-])|(?<=%[0-9A-Fa-f]{2}))`

/** Credentials that are known by how they look, wherever they stand. */
const SHAPES: readonly RegExp[] = [
  `${BEGIN}eyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]{2,}(?:\\.[A-Za-z0-9_-]*){0,3}`,
  `${BEGIN}(?:sk|rk|pk)[-_](?:live[-_]|test[-_]|proj-|ant-)?[A-Za-z0-9_-]{16,}`,
  `${BEGIN}gh[pousr]_[A-Za-z0-9]{20,}`,
  `${BEGIN}github_pat_[A-Za-z0-9_]{20,}`,
  `${BEGIN}(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z0-9]{12,}`,
  `${BEGIN}xox[a-z]-[A-Za-z0-9-]{10,}`,
  `${BEGIN}AIza[A-Za-z0-9_-]{30,}`,
  `${BEGIN}glpat-[A-Za-z0-9_-]{16,}`,
  `${BEGIN}(?:hf|npm|dop_v1|shpat|pat|gsk|xai|nvapi|r8|tvly)[_-][A-Za-z0-9_-]{24,}`,
  `${BEGIN}ya29\\.[A-Za-z0-9_-]{20,}`,
  `${BEGIN}SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}`,
  String.raw`\$(?:apr1|2[aby]|5|6|y|argon2[a-z]{1,2})\$[^\s:"'<>]{10,}`,
].map((it) => new RegExp(it, "g"))

const SCHEME = /\b(?:bearer|basic|token)[ \t]{1,4}/gi
const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/g
const USERINFO = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/([^\s/?#"'<>\\]+)@/gi

export function* shapeSpans(text: string): Generator<Span> {
  for (const shape of SHAPES)
    for (const match of text.matchAll(shape)) yield { start: match.index, end: match.index + match[0].length }
  yield* schemeSpans(text)
  yield* privateKeySpans(text)
  for (const match of text.matchAll(USERINFO)) {
    const end = match.index + match[0].length - 1
    yield { start: end - (match[1]?.length ?? 0), end }
  }
}

/** What follows `Bearer` or `Basic` in running text, where no word of a sentence looks so. */
function* schemeSpans(text: string): Generator<Span> {
  const value = /[A-Za-z0-9._~+/=-]+/y
  for (const match of text.matchAll(SCHEME)) {
    const start = match.index + match[0].length
    value.lastIndex = start
    const word = value.exec(text)?.[0] ?? ""
    if (word.length >= 24 || (word.length >= 8 && /\d|=$|[a-z][A-Z]/.test(word) && !/=./.test(word)))
      yield { start, end: start + word.length }
  }
}

function* privateKeySpans(text: string): Generator<Span> {
  const begin = new RegExp(PRIVATE_KEY)
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const start = begin.lastIndex
    const found = text.indexOf("-----END ", start)
    const end = found < 0 ? text.length : found
    yield { start, end }
    begin.lastIndex = end
  }
}
