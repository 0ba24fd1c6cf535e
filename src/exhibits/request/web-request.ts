import type { SeenRequest } from "../exhibits.ts"
import { type PowerShellToken, powershellTokens } from "../shell/powershell.ts"
import { seenRequest } from "./draft.ts"
import { addField } from "./fields.ts"
import { readUrl } from "./url.ts"

const SWITCH =
  /^-(?:UseBasicParsing|UseDefaultCredentials|SkipCertificateCheck|SkipHttpErrorCheck|DisableKeepAlive|PassThru|Resume|AllowUnencryptedAuthentication|PreserveAuthorizationOnRedirect)$/i

/** The request of PowerShell's `Invoke-WebRequest` or `Invoke-RestMethod`, from behind its name. */
export function readWebRequest(text: string, from: number): SeenRequest | undefined {
  const { tokens } = powershellTokens(text, from)
  const headers = new Map<string, string>()
  const said = new Map<string, string>()
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]
    if (token === undefined || token.kind === "sign") continue
    const next = tokens[at + 1]
    if (token.kind === "word" && /^-[A-Za-z]/.test(token.value)) {
      const name = token.value.toLowerCase()
      if (SWITCH.test(token.value)) said.set(name, "")
      else if (next?.value === "@{") {
        const literal = readHash(tokens, at + 2)
        if (name === "-headers") for (const [field, value] of literal.pairs) addField(headers, field, value)
        at = literal.end
      } else {
        said.set(name, next?.kind === "sign" ? "" : (next?.value ?? ""))
        if (next?.kind !== "sign") at++
      }
    } else if (!said.has("-uri")) said.set("-uri", token.value)
  }
  const url = readUrl(said.get("-uri") ?? "", "http")
  if (url === undefined) return undefined
  for (const [name, value] of sessionFields(text.slice(0, from))) if (!headers.has(name)) headers.set(name, value)
  const add = (name: string, value: string | undefined): void => void (value !== undefined && headers.set(name, value))
  add("content-type", said.get("-contenttype"))
  add("user-agent", said.get("-useragent"))
  const path = headers.get("path")
  const isCopied = headers.has("authority") && path !== undefined
  return seenRequest({
    method: (said.get("-method") ?? "GET").toUpperCase(),
    url,
    headers: isCopied ? withoutPseudo(headers) : headers,
    areHeadersComplete: isCopied,
    body: said.get("-body"),
  })
}

/** Chrome copies HTTP/2's own fields without their colon. */
const withoutPseudo = (headers: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...headers].filter(([name]) => !["authority", "method", "path", "scheme"].includes(name)))

function readHash(tokens: readonly PowerShellToken[], from: number) {
  const pairs: [string, string][] = []
  let at = from
  for (; at < tokens.length && tokens[at]?.value !== "}"; at++) {
    const name = tokens[at]
    const value = tokens[at + 2]
    if (name === undefined || name.kind === "sign" || tokens[at + 1]?.value !== "=" || value === undefined) continue
    pairs.push([name.value, value.value])
    at += 2
  }
  return { pairs, end: at }
}

const AGENT = /\$session\.UserAgent[ \t]*=[ \t]*"([^"\n]{0,2000})"/
const COOKIE = /System\.Net\.Cookie\("([^"\n]{1,200})", "([^"\n]{0,8000})"/g

/** What Chrome puts into the session before the call. */
function sessionFields(text: string): readonly (readonly [string, string])[] {
  const agent = AGENT.exec(text)?.[1]
  const cookies = Array.from(text.matchAll(COOKIE), ([, name, value]) => `${name}=${value}`)
  return [
    ...(agent === undefined ? [] : [["user-agent", agent] as const]),
    ...(cookies.length === 0 ? [] : [["cookie", cookies.join("; ")] as const]),
  ]
}
