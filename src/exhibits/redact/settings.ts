import { secrecyOf } from "./names.ts"
import type { Span } from "./span.ts"
import { isHarmless, schemeLength } from "./values.ts"

const GAP = "[ \\t]{1,40}"
const WORD = `["']?(?<value>[^\\s"';]{1,1000})`

/** Settings that are a credential by their own name, whatever stands there. */
const SECRET_SETTINGS: readonly RegExp[] = [
  // httpd
  `(?:^|[;{])[ \\t]{0,200}(?:AuthLDAPBindPassword|SessionCryptoPassphrase|secure_link_secret)${GAP}${WORD}`,
  `^[ \\t]{0,200}AuthBasicFake${GAP}\\S{1,200}${GAP}${WORD}`,
  // HAProxy, and what curl and wget take
  `\\bstats${GAP}auth${GAP}[^\\s:]{1,200}:(?<value>\\S{1,1000})`,
  `\\binsecure-password${GAP}${WORD}`,
  `\\b(?:check-send-proxy|login${GAP}\\S{1,200})${GAP}password${GAP}${WORD}`,
  `(?<![\\w-])--(?:(?:http|ftp|proxy)-password|pass|proxy-pass)(?:${GAP}|=)${WORD}`,
  // Files of passwords, where the hash says by what it was made
  "^[^\\s:]{1,200}:\\{(?:S?SHA|MD5|SMD5|PLAIN|CRYPT)\\}(?<value>\\S{1,1000})",
].map((it) => new RegExp(it, "dgim"))

/** Places where one name stands, and what it must be. Whether that is a credential the name says. */
const NAMED_SETTINGS: readonly RegExp[] = [
  `(?:^|[;{])[ \\t]{0,200}set${GAP}\\$(?<name>\\w{1,80})${GAP}${WORD}`,
  `\\bhdr\\((?<name>[\\w-]{1,80})\\)(?:${GAP}-[a-z]{1,8}(?:${GAP}(?:str|beg|end|sub|reg))?){0,4}${GAP}${WORD}`,
  `\\bREQUEST_(?:HEADERS|COOKIES):(?<name>[\\w-]{1,80})${GAP}"!?@(?:streq|contains|within|beginsWith|endsWith)${GAP}(?<value>[^\\s"]{1,1000})`,
  `\\bMatched Data: (?<value>[^"\\n]{1,300}?) found within [A-Z_]{1,40}:(?<name>[\\w.-]{1,80})`,
  `<input\\b[^<>]{0,200}\\bvalue=["'](?<value>[^"'<>]{1,1000})["'][^<>]{0,200}\\bname=["'](?<name>[\\w.:[\\]-]{1,80})["']`,
  `<meta\\b[^<>]{0,200}\\bcontent=["'](?<value>[^"'<>]{1,1000})["'][^<>]{0,200}\\bname=["'](?<name>[\\w.:-]{1,80})["']`,
].map((it) => new RegExp(it, "dgim"))

/** Patterns a header is compared with, of which long words are the credential and the rest tells how it is compared. */
const CONDITION = /^[ \t]{0,200}RewriteCond[ \t]{1,40}["']?%\{HTTP:([\w-]{1,80})\}["']?[ \t]{1,40}([^\n]{1,1000})/gim
const LINK = /(?:^|[;{])[ \t]{0,200}secure_link_md5[ \t]{1,40}([^\n;]{1,1000})/gim
const LONG_WORD = /(?<![\w$])[A-Za-z0-9_-]{6,}/g

/** Credentials in the configuration of servers that stand behind a blank, and not behind a sign. */
export function* settingSpans(text: string): Generator<Span> {
  for (const setting of SECRET_SETTINGS)
    for (const match of text.matchAll(setting)) yield* valueSpan(match, match.indices?.groups?.value)
  for (const setting of NAMED_SETTINGS)
    for (const match of text.matchAll(setting))
      if (secrecyOf(match.groups?.name ?? "") === "surely") yield* valueSpan(match, match.indices?.groups?.value)
  for (const match of text.matchAll(CONDITION))
    if (secrecyOf(match[1] ?? "") === "surely") yield* longWords(match, match[2] ?? "")
  for (const match of text.matchAll(LINK)) yield* longWords(match, match[1] ?? "")
}

function* valueSpan(match: RegExpExecArray, at: readonly [number, number] | undefined): Generator<Span> {
  if (at === undefined || isHarmless(match.groups?.value ?? "") || match.groups?.value?.startsWith("$") === true) return
  yield { start: at[0], end: at[1] }
}

function* longWords(match: RegExpExecArray, last: string): Generator<Span> {
  const from = match.index + match[0].length - last.length
  for (const word of last.matchAll(LONG_WORD))
    if (schemeLength(`${word[0]} `) === 0) yield { start: from + word.index, end: from + word.index + word[0].length }
}
