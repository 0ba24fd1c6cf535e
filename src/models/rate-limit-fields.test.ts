import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { Fields } from "../http/fields.ts"
import { DIALECTS } from "./codec.ts"
import { providerRequestId, rateLimitLines } from "./rate-limit-fields.ts"

const NOW = Date.UTC(2026, 0, 1)
const fieldsOf = (told: Readonly<Record<string, string>>): Fields => {
  const fields = new Fields()
  for (const [name, value] of Object.entries(told)) fields.add(name, value)
  return fields
}
const linesOf = (told: Readonly<Record<string, string>>): string =>
  Object.entries(told)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")

const OPENAI = {
  "x-ratelimit-limit-requests": "10000",
  "x-ratelimit-remaining-requests": "9999",
  "x-ratelimit-reset-requests": "6m0s",
  "x-ratelimit-limit-tokens": "200000",
  "x-ratelimit-remaining-tokens": "199990",
  "x-ratelimit-reset-tokens": "1h0.5s",
}
const ANTHROPIC = {
  "anthropic-ratelimit-requests-limit": "10000",
  "anthropic-ratelimit-requests-remaining": "9999",
  "anthropic-ratelimit-requests-reset": "2026-01-01T00:06:00Z",
  "anthropic-ratelimit-tokens-limit": "200000",
  "anthropic-ratelimit-tokens-remaining": "199990",
  "anthropic-ratelimit-tokens-reset": "2026-01-01T01:00:00Z",
}

describe("the limits of a provider", () => {
  test("are told in the dialect's own names", () => {
    expect(rateLimitLines(fieldsOf(OPENAI), "anthropic", NOW)).toBe(linesOf(ANTHROPIC))
    expect(rateLimitLines(fieldsOf(ANTHROPIC), "openai-chat", NOW)).toBe(
      linesOf({ ...OPENAI, "x-ratelimit-reset-requests": "360s", "x-ratelimit-reset-tokens": "3600s" }),
    )
  })

  test("stay as they are where the dialect is the provider's, further kinds included", () => {
    const more = { ...ANTHROPIC, "anthropic-ratelimit-input-tokens-limit": "7" }
    expect(rateLimitLines(fieldsOf(more), "anthropic", NOW)).toBe(linesOf(more))
    expect(rateLimitLines(fieldsOf(OPENAI), "openai-responses", NOW)).toBe(linesOf(OPENAI))
  })

  test("are not told where the dialect has no names for them, or the provider tells none", () => {
    expect(rateLimitLines(fieldsOf({ ...OPENAI, ...ANTHROPIC }), "gemini", NOW)).toBe("")
    expect(rateLimitLines(fieldsOf({ date: "now" }), "anthropic", NOW)).toBe("")
  })

  test("come from the past as nothing to wait for, and plain seconds as such", () => {
    const past = { "anthropic-ratelimit-tokens-reset": "2025-12-31T00:00:00Z" }
    expect(rateLimitLines(fieldsOf(past), "openai-chat", NOW)).toBe("x-ratelimit-reset-tokens: 0s\r\n")
    const plain = { "x-ratelimit-reset-tokens": "60" }
    expect(rateLimitLines(fieldsOf(plain), "anthropic", NOW)).toContain("2026-01-01T00:01:00Z")
  })

  test("never make a line that was not meant, whatever a provider says", () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...DIALECTS),
        fc.dictionary(
          fc.constantFrom(...Object.keys({ ...OPENAI, ...ANTHROPIC })),
          fc.string({ unit: fc.constantFrom(..."0123456789.smhdTZ:-+e ") }),
        ),
        (dialect, told) => {
          const lines = rateLimitLines(fieldsOf(told), dialect, NOW)
          for (const line of lines.split("\r\n").slice(0, -1))
            expect(line).toMatch(/^(?:x-ratelimit|anthropic-ratelimit)-[a-z-]+: [\x20-\x7e]*$/)
        },
      ),
    ))
})

test("a provider's id of a request is found by any of its names, and not told where it is none", () => {
  expect(providerRequestId(fieldsOf({ "Request-Id": "req_1" }))).toBe("req_1")
  expect(providerRequestId(fieldsOf({ "x-amzn-RequestId": "a-b" }))).toBe("a-b")
  expect(providerRequestId(fieldsOf({ "x-request-id": "a b" }))).toBeUndefined()
  expect(providerRequestId(fieldsOf({}))).toBeUndefined()
})
