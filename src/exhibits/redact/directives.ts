import { secrecyOf } from "./names.ts"
import type { Span } from "./span.ts"
import { credentialSpans } from "./value-spans.ts"
import { isHarmless } from "./values.ts"

const DIRECTIVE =
  /(?:^|[;{])[ \t]{0,200}(?:proxy_set_header|grpc_set_header|add_header|more_set_headers|fastcgi_param|uwsgi_param|scgi_param|env|setenv|http-request (?:set|add)-header|(?:Request)?Header[ \t]{1,20}(?:always[ \t]{1,20})?(?:set|add|append|merge|setifempty)|SetEnv|SetEnvIf|SetEnvIfNoCase|export)[ \t]{1,20}["']?([A-Za-z0-9_.-]{1,100})["']?[ \t]{1,20}(.+)$/gim
const MAP = /\b(?:map|geo)[ \t]{1,20}"?\$(?:http|arg|cookie)_(\w{1,80})"?[ \t]{1,20}\$\w{1,80}\s{0,20}\{/g
const ENTRY =
  /^[ \t]{0,200}(?!default\b|hostnames\b|include\b|volatile\b|#)("[^"\n]{1,1000}"|'[^'\n]{1,1000}'|[^\s;]{1,1000})/gm

/** Credentials in the configuration of nginx, httpd and HAProxy, where neither `=` nor `:` stands before them. */
export function* directiveSpans(text: string): Generator<Span> {
  for (const match of text.matchAll(DIRECTIVE)) {
    const [whole, name = "", rest = ""] = match
    if (secrecyOf(name) === "no") continue
    const { value, skip } = argument(rest)
    if (!isHarmless(value)) yield* credentialSpans(value, match.index + whole.length - rest.length + skip)
  }
  yield* mapSpans(text)
}

function argument(rest: string): { readonly value: string; readonly skip: number } {
  const quote = rest[0]
  if (quote !== '"' && quote !== "'") return { value: withoutEnd(rest), skip: 0 }
  const close = rest.indexOf(quote, 1)
  return { value: rest.slice(1, close < 0 ? undefined : close), skip: 1 }
}

/** As a loop: a pattern would look at a long run of blanks once for each of them. */
function withoutEnd(rest: string): string {
  let end = rest.length
  while (end > 0 && /[;\s]/.test(rest[end - 1] ?? "")) end--
  return rest.slice(0, end)
}

/** What a header or cookie that holds a credential is compared with. */
function* mapSpans(text: string): Generator<Span> {
  let until = 0
  for (const match of text.matchAll(MAP)) {
    if (match.index < until || secrecyOf(match[1] ?? "") === "no") continue
    const from = match.index + match[0].length
    const end = text.indexOf("}", from)
    if (end < 0) return
    until = end
    for (const entry of text.slice(from, end).matchAll(ENTRY)) {
      const [whole, word = ""] = entry
      const isQuoted = /^["']/.test(word)
      const value = isQuoted ? word.slice(1, -1) : word
      const start = from + entry.index + whole.length - word.length + (isQuoted ? 1 : 0)
      if (!isHarmless(value)) yield { start, end: start + value.length }
    }
  }
}
