import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { cacheStatus } from "./cache-status.ts"
import { canonical } from "./canonical.ts"
import { builtInEmbedding, unit } from "./embedding.ts"
import { questionOf } from "./question.ts"

const user = (content: string) => ({ role: "user", content })
const chat = (text: string, more: Readonly<Record<string, string | number | boolean>> = {}) => ({
  model: "m",
  messages: [{ role: "system", content: "be short" }, user(text)],
  ...more,
})
const cosine = (a: string, b: string): number => {
  const [one, two] = [builtInEmbedding(a), builtInEmbedding(b)]
  return one?.reduce((sum, it, at) => sum + it * (two?.[at] ?? 0), 0) ?? 0
}

describe("a question", () => {
  test("is the same whatever the order of its members, and another where a value is another", () => {
    const json = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)))
    fc.assert(
      fc.property(json, json, (a, b) => {
        const turned = Object.fromEntries(Object.entries(a).reverse())
        expect(canonical(turned)).toBe(canonical(a))
        expect(JSON.parse(canonical(a))).toEqual(a)
        expect(canonical(a) === canonical(b)).toBe(Bun.deepEquals(a, b))
      }),
    )
  })

  test("does not depend on how the answer is sent, or on who is said to ask", () => {
    const { exact } = questionOf(["openai"], chat("hi"))
    expect(questionOf(["openai"], chat("hi", { stream: true, user: "u1" })).exact).toBe(exact)
    expect(questionOf(["openai"], chat("hi", { temperature: 0 })).exact).not.toBe(exact)
    expect(questionOf(["anthropic"], chat("hi")).exact).not.toBe(exact)
    expect(questionOf(["open", "ai"], chat("hi")).exact).not.toBe(exact)
  })

  test("is near another in the same scope, where only the last turn differs and not by a number", () => {
    const scope = (text: string, more = {}) => questionOf([], chat(text, more)).near?.scope
    expect(scope("what is up")).toBe(scope("what's up"))
    expect(scope("what is 2 + 2")).not.toBe(scope("what is 2 + 3"))
    expect(scope("what is up", { temperature: 1 })).not.toBe(scope("what is up"))
  })

  test.each([
    [
      {
        messages: [
          {
            role: "user",
            content: [
              { type: "text", text: "a" },
              { type: "text", text: "b" },
            ],
          },
        ],
      },
      "a\nb",
    ],
    [{ input: "a" }, "a"],
    [{ input: [{ role: "user", content: [{ type: "input_text", text: "a" }] }] }, "a"],
    [{ contents: [{ role: "user", parts: [{ text: "a" }] }] }, "a"],
    [
      {
        messages: [
          {
            role: "user",
            content: [
              { type: "text", text: "a" },
              { type: "image_url", image_url: "x" },
            ],
          },
        ],
      },
      undefined,
    ],
    [{ messages: [user("a"), { role: "assistant", content: "b" }] }, undefined],
    [{ messages: [] }, undefined],
    [{ prompt: "a" }, undefined],
  ])("ends with a turn that is text: %j", (body, text) => expect(questionOf([], body).near?.text).toBe(text))
})

describe("the built-in embedding", () => {
  test("is of length 1, the same for the same text, whatever its case and signs", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const vector = builtInEmbedding(text)
        if (vector === undefined) return
        expect(Math.hypot(...vector)).toBeCloseTo(1, 4)
        expect(builtInEmbedding(text)).toEqual(vector)
        // Some letters do not come back from capitals as they were, such as ß, and are others then.
        const again = text.toUpperCase().toLowerCase()
        if (again.normalize("NFKC").toLowerCase() === text.normalize("NFKC").toLowerCase())
          expect(cosine(text, `  ${again} ?!`)).toBeGreaterThan(0)
      }),
    )
    expect(cosine("What is the capital of France?", "what is the capital of FRANCE")).toBeCloseTo(1, 5)
  })

  test("puts what is written alike closer than what is not", () => {
    const asked = "How do I reset my password?"
    expect(cosine(asked, "How can I reset my password?")).toBeGreaterThan(0.7)
    expect(cosine(asked, "What is the weather in Lisbon tomorrow?")).toBeLessThan(0.3)
  })

  test("is none for a text without words, and for one too long to be told by it", () => {
    for (const it of ["", "?!", "a".repeat(20_000)]) expect(builtInEmbedding(it)).toBeUndefined()
    expect(unit([0, 0])).toBeUndefined()
    expect(unit([3, 4])).toEqual(Float32Array.from([0.6, 0.8]))
  })
})

test("the status of a cache is told as RFC 9211 says, without what it is kept under", () => {
  expect(cacheStatus({ kind: "hit", ttlMs: 59_999 })).toBe("pinpoint; hit; ttl=59")
  expect(cacheStatus({ kind: "hit", ttlMs: 60_000, similarity: 0.97654 })).toBe(
    'pinpoint; hit; ttl=60; detail="similar 0.977"',
  )
  expect(cacheStatus({ kind: "forwarded", why: "miss", stored: true, ttlMs: 3_600_000 })).toBe(
    "pinpoint; fwd=miss; stored; ttl=3600",
  )
  expect(cacheStatus({ kind: "forwarded", why: "bypass", stored: false })).toBe("pinpoint; fwd=bypass")
})
