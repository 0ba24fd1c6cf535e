import { expect, test } from "bun:test"
import { z } from "zod"
import { cacheSchema } from "./cache-schema.ts"
import { guardrailSettings, guardrailsSchema } from "./guardrails-schema.ts"

const read = (written: unknown) => guardrailSettings(guardrailsSchema.parse(written))

test("every kind of guardrail is read, in the order written, with what is left out", () => {
  const settings = read([
    // biome-ignore lint/suspicious/noThenProperty: as it is written in the file
    { "sensitive-data": { find: ["card"], on: ["answer"], then: "mask" } },
    { "banned-terms": { terms: ["moonshot"] } },
    { "prompt-injection": {} },
    { "answer-schema": { schema: { type: "object" } } },
    { "answer-schema": { file: "answer.json", models: ["json-*"] } },
    { length: { request: { words: 8 } } },
    { language: { allow: ["de"] } },
    { webhook: { url: "http://127.0.0.1:9/judge", within: "500ms" } },
    { moderation: { model: "judge", unknown: "allow" } },
  ])
  const models = undefined
  expect(settings).toEqual([
    { kind: "sensitive-data", find: ["card"], names: [], on: ["answer"], does: "mask", models },
    { kind: "banned-terms", terms: ["moonshot"], on: ["request", "answer"], does: "refuse", models },
    { kind: "prompt-injection", above: 0.7, models },
    { kind: "answer-schema", schema: { from: "inline", schema: { type: "object" } }, models },
    { kind: "answer-schema", schema: { from: "file", file: "answer.json" }, models: ["json-*"] },
    { kind: "length", request: { characters: undefined, words: 8, tokens: undefined }, answer: undefined, models },
    { kind: "language", allow: ["de"], on: ["request"], models },
    {
      kind: "webhook",
      url: "http://127.0.0.1:9/judge",
      on: ["request"],
      above: 0.5,
      withinMs: 500,
      unknown: "deny",
      models,
    },
    { kind: "moderation", model: "judge", on: ["request"], above: 0.5, withinMs: 10_000, unknown: "allow", models },
  ])
})

test.each([
  [[{}]],
  [[{ language: { allow: ["de"] }, length: { answer: {} } }]],
  [[{ "answer-schema": {} }]],
  [[{ "answer-schema": { file: "a", schema: {} } }]],
  [[{ length: {} }]],
  [[{ language: { allow: ["klingon"] } }]],
  [[{ "prompt-injection": { above: 2 } }]],
  [[{ "sensitive-data": { find: ["shoe size"] } }]],
])("%j is no list of guardrails", (written) => expect(guardrailsSchema.safeParse(written).success).toBe(false))

test("a cache is read with what is left out", () => {
  expect(cacheSchema.parse({ exact: {}, semantic: { above: 0.9, ttl: "2m" } })).toEqual({
    exact: { ttl: 3_600_000 },
    semantic: { ttl: 120_000, above: 0.9, embed: "built-in" },
  })
  expect(cacheSchema.parse({})).toEqual({})
})

test("both can be told to editors", () => {
  for (const it of [guardrailsSchema, cacheSchema])
    expect(Object.keys(z.toJSONSchema(it, { io: "input" }))).toContain("$schema")
})
