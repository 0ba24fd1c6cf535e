import { headerOf, type ProbeRequest, withHeader, withoutHeader } from "./probe-request.ts"

/** One variable of a request changed, and nothing else. */
export interface Variant {
  readonly variable: Variable
  /** What is changed, as a clause: `without its cookies`. */
  readonly does: string
  readonly request: ProbeRequest
}

export const VARIABLES = [
  "as given",
  "user agent",
  "origin",
  "referrer",
  "cookies",
  "authorization",
  "content type",
  "body",
  "body size",
  "method",
  "preflight",
  "trailing slash",
  "query",
] as const
export type Variable = (typeof VARIABLES)[number]

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
const PLAIN = "pinpoint-diagnose"
/** AWS inspects the first 8 KiB of a body (WAF developer guide, SizeRestrictions_BODY). */
const INSPECTED = 8192

/** Every request that differs from the given one in one variable. Of unsafe methods those come first that a server refuses early. */
export function variants(given: ProbeRequest): readonly Variant[] {
  const found: Variant[] = [{ variable: "as given", does: "as it was given", request: given }]
  const add = (variable: Variable, does: string, request: ProbeRequest): void => {
    found.push({ variable, does, request })
  }
  const agent = headerOf(given, "user-agent")
  if (agent !== undefined && /^Mozilla\//.test(agent))
    add("user agent", "with a plain user agent", withHeader(given, "User-Agent", PLAIN))
  else add("user agent", "with the user agent of a browser", withHeader(given, "User-Agent", BROWSER))
  for (const [variable, name] of FIELDS)
    if (headerOf(given, name) !== undefined) add(variable, `without ${name}`, withoutHeader(given, name))
  const own = new URL(given.url).origin
  if (headerOf(given, "origin") === undefined)
    add("origin", "with the target's own origin", withHeader(given, "Origin", own))
  if (headerOf(given, "referer") === undefined)
    add("referrer", "with the target's own address as referrer", withHeader(given, "Referer", `${own}/`))
  bodies(given, add)
  if (given.method !== "GET" && given.method !== "HEAD")
    add("method", "as a GET without body", { ...bodiless(given), method: "GET" })
  if (given.method !== "OPTIONS") add("preflight", "as the preflight a browser would send", preflight(given, own))
  paths(given, add)
  return found
}

const FIELDS = [
  ["origin", "origin"],
  ["referrer", "referer"],
  ["cookies", "cookie"],
  ["authorization", "authorization"],
] as const

type Add = (variable: Variable, does: string, request: ProbeRequest) => void

function bodies(given: ProbeRequest, add: Add): void {
  if (given.body === undefined) return
  add("body", "with an empty body", { ...given, body: "" })
  const type = headerOf(given, "content-type")
  if (type !== undefined) add("content type", "without its content type", withoutHeader(given, "content-type"))
  // JSON may be followed by blanks (RFC 8259 §2): the only padding that changes nothing but the length.
  const bytes = Buffer.byteLength(given.body)
  if (type?.includes("json") !== true || bytes >= INSPECTED) return
  add("body size", `padded with blanks to ${INSPECTED + 1} bytes`, {
    ...given,
    body: given.body + " ".repeat(INSPECTED + 1 - bytes),
  })
}

function bodiless(given: ProbeRequest): ProbeRequest {
  const { body: _, ...rest } = withoutHeader(withoutHeader(given, "content-type"), "content-length")
  return rest
}

function preflight(given: ProbeRequest, own: string): ProbeRequest {
  const asked = given.headers.map(([it]) => it.toLowerCase()).filter((it) => !SIMPLE.has(it))
  const headers: [string, string][] = [
    ["Origin", headerOf(given, "origin") ?? own],
    ["Access-Control-Request-Method", given.method],
  ]
  // Kept, or two variables would change at once.
  const agent = headerOf(given, "user-agent")
  if (agent !== undefined) headers.push(["User-Agent", agent])
  if (asked.length > 0) headers.push(["Access-Control-Request-Headers", asked.sort().join(", ")])
  return { method: "OPTIONS", url: given.url, headers }
}
const SIMPLE = new Set([
  "accept",
  "accept-language",
  "content-language",
  "host",
  "origin",
  "referer",
  "user-agent",
  "cookie",
])

function paths(given: ProbeRequest, add: Add): void {
  const url = new URL(given.url)
  if (url.search !== "") {
    const bare = new URL(url)
    bare.search = ""
    add("query", "without its query", { ...given, url: bare.href })
  }
  if (url.pathname === "/") return
  const other = new URL(url)
  other.pathname = url.pathname.endsWith("/") ? url.pathname.slice(0, -1) : `${url.pathname}/`
  add("trailing slash", url.pathname.endsWith("/") ? "without the slash at its end" : "with a slash at its end", {
    ...given,
    url: other.href,
  })
}
