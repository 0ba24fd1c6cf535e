import { expect, test } from "bun:test"
import fc from "fast-check"
import { SECRET_PLACES } from "./places.fixture.ts"
import { redact } from "./redact.ts"

/** Letters that need no writing anywhere; long enough that no part of it is there by chance. */
const plain = fc
  .string({
    unit: fc.constantFrom(..."abcdefghjkmnpqrstuvwyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789"),
    minLength: 12,
    maxLength: 40,
  })
  .filter((it) => /\d/.test(it) && /[a-z]/.test(it) && /[A-Z]/.test(it))

/** Any text a password may be. */
const any = fc
  .string({
    unit: fc.oneof(fc.constantFrom(..." '\"\\$`&;=:{}<>%!#?,é😀"), fc.constantFrom(..."abcXYZ019")),
    minLength: 8,
    maxLength: 40,
  })
  .filter((it) => (it.match(/[a-zA-Z0-9]/g) ?? []).length >= 5 && it.trim() === it)

/** No four letters of the secret in a row are left. */
function expectGone(written: string, before: string, after: string): void {
  const text = `${before}${written}${after}`
  const seen = redact(text)
  expect(seen.length).toBe(text.length)
  const left = seen.slice(before.length, seen.length - after.length)
  for (let at = 0; at + 4 <= written.length; at++) {
    const piece = written.slice(at, at + 4)
    if (/^[A-Za-z0-9]{4}$/.test(piece)) expect(left.slice(at, at + 4)).not.toBe(piece)
  }
}

for (const { name, before, after, write } of SECRET_PLACES) {
  test(`a credential does not survive, and nothing else changes: ${name}`, () => {
    fc.assert(
      fc.property(plain, (secret) => {
        expectGone(secret, before, after)
        expect(redact(`${before}${secret}${after}`).slice(0, before.length).replaceAll("*", "")).toBe(
          redact(before + "null".padEnd(4) + after)
            .slice(0, before.length)
            .replaceAll("*", ""),
        )
        expect(redact(`${before}${secret}${after}`).endsWith(after)).toBe(true)
        expect(redact(`${before}${secret}${after}`)).toBe(`${kept(before)}${"*".repeat(secret.length)}${after}`)
      }),
      { numRuns: 50 },
    )
  })
  if (write !== undefined)
    test(`a credential of any letters does not survive: ${name}`, () => {
      fc.assert(
        fc.property(any, (secret) => expectGone(write(secret), before, after)),
        { numRuns: 200 },
      )
    })
}

/** What of a place's beginning is itself of the credential's shape. */
function kept(before: string): string {
  return before
    .replace(/eyJ[\w.-]+$/, (it) => "*".repeat(it.length))
    .replace(/(?:sk-proj-|ghp_)\w+$/, (it) => "*".repeat(it.length))
    .replace(/(?<=https:\/\/)bob:$/, "****")
}

test("redacting twice is redacting once", () => {
  fc.assert(
    fc.property(fc.constantFrom(...SECRET_PLACES), plain, ({ before, after }, secret) => {
      const once = redact(`${before}${secret}${after}`)
      expect(redact(once)).toBe(once)
    }),
  )
})

test("a credential survives nowhere in a text of many of them", () => {
  const piece = fc.record({ place: fc.constantFrom(...SECRET_PLACES), secret: plain })
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
      const text = pieces.map(({ place, secret }) => `${place.before}${secret}${place.after}`).join("\n\n")
      const seen = redact(text)
      expect(seen.length).toBe(text.length)
      for (const { secret } of pieces) expect(seen).not.toContain(secret)
    }),
  )
})

test.each([
  "Authorization: Bearer null\nX-Api-Key: undefined\nX-Token:\n",
  'curl -H "Authorization: Bearer $TOKEN" -u "$USER:$PASS" https://a/',
  "Authorization: Bearer {{token}}\nAuthorization: Bearer <your token>",
  '{"token":null,"token_type":"Bearer","max_tokens":100,"prompt_tokens":3,"error":{"code":"invalid_api_key"}}',
  'fetch("https://a/", {"credentials": "include", "mode": "cors"})',
  "Access-Control-Allow-Credentials: true\nAccess-Control-Allow-Headers: authorization, x-api-key\nVary: Cookie\n",
  'WWW-Authenticate: Bearer realm="example", error="invalid_token", error_description="The token expired"',
  "Invalid CSRF Token 'null' was found on the request parameter '_csrf' or header 'X-CSRF-TOKEN'.",
  '{"message":"Missing Authentication Token"}',
  "HTTP/1.1 403 Forbidden\nx-ratelimit-remaining-tokens: 7999\nx-amz-request-id: 4442587FB7D0A2F9\ncf-ray: 7a1b2c3d4e5f6789-FRA",
  "proxy_set_header Authorization $http_authorization;\nproxy_set_header Cookie $http_cookie;\nssl_certificate_key /etc/ssl/a.key;",
  '    when:\n    - key: request.auth.claims[iss]\n      values: ["https://a"]',
  "authorizationPolicy: x\nsecretName: my-tls\nsession_timeout: 30m\ntoken_endpoint: https://a/token",
  "<Error><Code>NoSuchKey</Code><Key>photos/a.jpg</Key></Error>",
  "CSRF Failed: Origin checking failed - http://localhost:8002 does not match any trusted origins.",
  'ModSecurity: Warning. [id "942100"] [msg "SQL Injection"] [data "Matched Data: s&1c found within ARGS:q"] [unique_id "ZkX1aQ"]',
  "[ActionDispatch::HostAuthorization::DefaultResponseApp] Blocked hosts: h",
  "GET /sap/opu/odata HTTP/1.1\nX-CSRF-Token: Fetch\n",
  "Basic authentication is required; a Bearer token was not sent",
])("what a diagnosis needs stays: %p", (text) => {
  expect(redact(text)).toBe(text)
})

test("marks of quotation that are never closed are not looked for again from each", () => {
  const spent = (times: number): number => {
    const before = process.cpuUsage()
    redact(`cookies: ["${'\\"'.repeat(times)}]`)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  expect(spent(64_000)).toBeLessThan(60 * Math.max(spent(4000), 10))
})
