import type { Fields } from "../http/fields.ts"
import { innerStatus } from "./proxy-status.ts"

/** Fields that concern one connection only (RFC 9110 §7.6.1), and those the HTTP layer writes itself. */
const HOP_BY_HOP = [
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "content-length",
]
/** Fields the gateway answers for: it writes its own, or reads them and keeps them to itself. */
const OWN_OF_REQUEST = [
  "host",
  "expect",
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-real-ip",
  "x-request-id",
  "traceparent",
  "tracestate",
  "pinpoint-operator",
]
/** What only the gateway may say, lest an upstream be taken for it. */
const OWN_OF_ANSWER = [
  "pinpoint-decision",
  "pinpoint-cause",
  "pinpoint-target",
  "pinpoint-dropped",
  "pinpoint-counted",
  "pinpoint-target",
  "pinpoint-dropped",
  "proxy-status",
  "x-request-id",
  "x-provider-request-id",
]

const NOT_FORWARDED: ReadonlySet<string> = new Set([...HOP_BY_HOP, ...OWN_OF_REQUEST])
const NOT_RETURNED: ReadonlySet<string> = new Set([...HOP_BY_HOP, ...OWN_OF_ANSWER])

const NONE: ReadonlySet<string> = new Set()

/** The caller's fields that go on to an upstream, as lines. `without`, `stay`: more field names that stay here, in lower case. */
export const forwardedLines = (fields: Fields, without: string, stay: ReadonlySet<string> = NONE): string =>
  lines(fields, NOT_FORWARDED, without, stay)

/** An upstream's fields that go back to the caller, as lines. `stay`: more field names that stay here, in lower case. */
export const returnedLines = (fields: Fields, stay: ReadonlySet<string> = NONE): string =>
  lines(fields, NOT_RETURNED, "", stay) + innerStatus(fields)

function lines(fields: Fields, stay: ReadonlySet<string>, without: string, also: ReadonlySet<string>): string {
  const { names, spelled, values } = fields
  const named = namedIn(fields)
  let text = ""
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string
    if (stay.has(name) || name === without || also.has(name) || named?.has(name)) continue
    if (isAlias(name, stay) || isAlias(name, also)) continue
    text += `${spelled[i]}: ${values[i]}\r\n`
  }
  return text
}

/** Many servers read `X_Forwarded_For` as `X-Forwarded-For`, as CGI made one variable of both. */
const isAlias = (name: string, of: ReadonlySet<string>): boolean =>
  name.includes("_") && of.has(name.replaceAll("_", "-"))

/** What `Connection` names, in however many fields. `keep-alive` and `close` are none; a set is built only for what is. */
function namedIn({ names, values }: Fields): ReadonlySet<string> | undefined {
  let named: Set<string> | undefined
  for (let i = names.indexOf("connection"); i >= 0; i = names.indexOf("connection", i + 1)) {
    const lower = (values[i] ?? "").toLowerCase()
    if (lower === "keep-alive" || lower === "close") continue
    named ??= new Set()
    for (const it of lower.split(",")) named.add(it.trim())
  }
  return named
}
