import { afterEach, expect, test } from "bun:test"
import fc from "fast-check"
import { METHODS } from "../src/facts/methods.ts"
import { Backend, type Received, stopBackends } from "./backend.fixture.ts"
import { chunked, statusOf } from "./message.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"
import { gatewayTo, stopGateways } from "./service.fixture.ts"

afterEach(async () => {
  closeRawClients()
  expect(await stopGateways()).toEqual([])
  stopBackends()
})

/** Fields the gateway answers for, or that are of one connection only. */
const OWNED = new Set(
  "host connection keep-alive proxy-connection proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade content-length expect forwarded x-forwarded-for x-forwarded-proto x-forwarded-host x-forwarded-port x-real-ip x-request-id traceparent tracestate via pinpoint-operator".split(
    " ",
  ),
)

const TOKEN = [..."!#$%&'*+-.^_`|~0123456789abcxyzABCXYZ"]
const COMMON = [
  "Accept",
  "accept-language",
  "Cookie",
  "Authorization",
  "X-API-Key",
  "Content-Type",
  "If-None-Match",
  "Via",
  "Origin",
]
const name = fc.oneof(
  fc.constantFrom(...COMMON),
  fc
    .string({ unit: fc.constantFrom(...TOKEN), minLength: 1, maxLength: 20 })
    .filter((it) => !OWNED.has(it.toLowerCase())),
)
/** Visible characters, bytes above ASCII, and blanks inside. */
const value = fc
  .array(
    fc.integer({ min: 0x20, max: 0xff }).filter((it) => it !== 0x7f),
    { maxLength: 40 },
  )
  .map((codes) => String.fromCharCode(...codes).replace(/^[ \t]+|[ \t]+$/g, ""))

const plain = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_~!$&'()*+,;=:@|^{}[]"), maxLength: 8 })
const escaped = fc.string({ unit: "grapheme", maxLength: 4 }).map((it) => encodeURIComponent(it.toWellFormed()))
const segment = fc
  .tuple(plain, escaped, plain)
  .map((parts) => parts.join(""))
  .filter((it) => !/%00|%5C/i.test(it))
const path = fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join("/")}`)
const query = fc
  .array(
    fc.integer({ min: 0x21, max: 0x7e }).filter((it) => it !== 0x23),
    { maxLength: 30 },
  )
  .map((codes) => String.fromCharCode(...codes))

const request = fc.record({
  method: fc.constantFrom(...METHODS),
  target: fc.tuple(path, fc.option(query, { nil: undefined })).map(([p, q]) => (q === undefined ? p : `${p}?${q}`)),
  fields: fc.array(fc.tuple(name, value), { maxLength: 12 }),
  body: fc.option(fc.uint8Array({ maxLength: 5000 }), { nil: undefined }),
  isChunked: fc.boolean(),
})
type Request = typeof request extends fc.Arbitrary<infer T> ? T : never

function bytesOf({ method, target, fields, body, isChunked }: Request): Buffer {
  const framing = isChunked ? "Transfer-Encoding: chunked\r\n" : `Content-Length: ${body?.length ?? 0}\r\n`
  const lines = fields.map((it) => `${it.join(": ")}\r\n`).join("")
  const head = `${method} ${target} HTTP/1.1\r\nHost: shop.example\r\n${lines}${body === undefined ? "" : framing}\r\n`
  const rest = body === undefined ? Buffer.alloc(0) : isChunked ? chunked(body, 700) : body
  return Buffer.concat([Buffer.from(head, "latin1"), rest])
}

/** What has to be the same, whichever way the request came. */
const endToEnd = ({ method, target, fields, body }: Received) => ({
  method,
  target,
  body: body.toString("hex"),
  fields: fields.filter(([it]) => !OWNED.has(it.toLowerCase())),
})

/** Sends requests one after the other on one connection. */
async function sender(port: number): Promise<(bytes: Buffer, method: string) => Promise<number>> {
  const client = await RawClient.open(port)
  let at = 0
  return async (bytes, method) => {
    const answer = await client.send(bytes).answer(at, method === "HEAD")
    at = answer.end
    return statusOf(answer)
  }
}

test("an upstream sees the same request through the gateway as without it", async () => {
  const backend = new Backend()
  const gateway = gatewayTo(backend.url, { top: "limits: { head: 64KiB }" })
  const [direct, through] = [await sender(backend.port), await sender(gateway.port)]
  await fc.assert(
    fc.asyncProperty(request, async (asked) => {
      const bytes = bytesOf(asked)
      expect(await direct(bytes, asked.method)).toBe(200)
      const plainly = endToEnd(backend.last)
      expect(await through(bytes, asked.method)).toBe(200)
      expect(endToEnd(backend.last)).toEqual(plainly)
    }),
    { numRuns: 300 },
  )
  expect(backend.requests.length).toBeGreaterThanOrEqual(600)
})
