import type { Message } from "./message.fixture.ts"

export const ALICE = "alice-0123456789abcdef"
export const CAROL = "carol-0123456789abcdef"

/** Rules of every kind, full of names that are nobody's business. `dead`: a port nobody listens on. */
export const leakyConfig = (upstream: string, dead: string): string => `
listen: 127.0.0.1:0
services:
  networked:
    upstream: ${upstream}
    routes: [{ path: "/networked/*" }]
    policies: [ip-allow: [192.0.2.0/24, "2001:db8:77::/48"]]
  readonly:
    upstream: ${upstream}
    routes: [{ path: "/readonly/*", methods: [GET] }]
  guarded:
    upstream: ${upstream}
    routes: [{ path: "/guarded/{id}" }]
    policies:
      - key-auth: {}
      - scopes: { GET: [needed:read], "*": [needed:write] }
  small:
    upstream: ${upstream}
    routes: [{ path: "/small/*" }]
    policies: [body-limit: 10]
  limited:
    upstream: ${upstream}
    routes: [{ path: "/limited/*" }]
    policies: [rate-limit: { requests: 0, per: day, by: address }]
  dead:
    upstream: ${dead}
    routes: [{ path: "/dead/*" }]
keys:
  - { name: alice, key: ${ALICE}, scopes: [alice:own] }
  - { name: carol, key: ${CAROL}, scopes: [carol:own] }
models:
  small-model: [{ provider: hidden, model: inner-model }]
providers:
  hidden: { dialect: openai, url: "${upstream}/v1", key: provider-secret }
records: { permits: 1 }
`

export interface LeakRow {
  readonly name: string
  readonly line: string
  readonly body?: string
  /** What it is refused for, without a key and with alice's. */
  readonly anonymous: string
  readonly owner: string
}

const row = (name: string, line: string, anonymous: string, owner = anonymous, body?: string): LeakRow => ({
  name,
  line,
  anonymous,
  owner,
  ...(body === undefined ? {} : { body }),
})

export const LEAK_ROWS: readonly LeakRow[] = [
  row("an address in no network", "GET /networked/a", "edge/address-not-allowed"),
  row("a path that is nearly a route's", "GET /guardet/7", "route/not-found"),
  row("a method that no route takes", "DELETE /readonly/a", "route/method-not-allowed"),
  row("a key that is asked for", "GET /guarded/7", "identity/key-missing", "access/scope-missing"),
  row("another scope", "PUT /guarded/7", "identity/key-missing", "access/scope-missing"),
  row("a body that is too large", "PUT /small/a", "content/body-too-large", undefined, "12345678901"),
  row("a limit that is spent", "GET /limited/a", "quota/requests-spent"),
  row("an upstream that is not there", "GET /dead/a", "upstream/unreachable"),
  row("a model without a key", "POST /v1/chat/completions", "identity/key-missing", "model/not-found", '{"model":"x"}'),
  row("a body that names no model", "POST /v1/chat/completions", "identity/key-missing", "model/not-named", "{}"),
]

export function bytesOf({ line, body }: LeakRow, fields: string): string {
  const framing = body === undefined ? "" : `Content-Length: ${body.length}\r\n`
  return `${line} HTTP/1.1\r\nHost: shop.example\r\n${fields}${framing}\r\n${body ?? ""}`
}

/** A whole answer as text. */
export const textOf = ({ line, fields, body }: Message): string =>
  [line, ...fields.map((it) => it.join(": ")), "", body.toString()].join("\n")

/** An answer's text without what differs from one request to the next. */
export const withoutIds = (answer: Message): string =>
  textOf(answer)
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, "<id>")
    .replace(/^date: .*$/gim, "date: <date>")
    .replace(/^(ratelimit: .*;t=|retry-after: )\d+/gim, "$1<seconds>")
