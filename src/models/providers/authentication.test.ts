import { expect, test } from "bun:test"
import fc from "fast-check"
import { authLines } from "./authentication.ts"

test("a key is shown as the provider wants it", () => {
  expect(authLines({ kind: "bearer" }, "k")).toEqual([["authorization", "Bearer k"]])
  expect(authLines({ kind: "google-access-token" }, "ya29.x")).toEqual([["authorization", "Bearer ya29.x"]])
  expect(authLines({ kind: "header", name: "x-goog-api-key" }, "k")).toEqual([["x-goog-api-key", "k"]])
  expect(authLines({ kind: "sigv4", service: "bedrock" }, "k")).toEqual([])
  expect(authLines({ kind: "none" }, "k")).toEqual([])
  expect(authLines({ kind: "bearer" }, undefined)).toEqual([])
})

test("no key writes a line of its own, and no error holds the key", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      fc.constantFrom("\r", "\n", "\0", " ", "\u00e9"),
      (before, after, between) => {
        const key = `${before}${between}${after}`
        const lines = () => authLines({ kind: "bearer" }, key)
        expect(lines).toThrow(RangeError)
        expect(lines).toThrow("the key has characters that cannot be sent in a header field")
      },
    ),
  )
})
