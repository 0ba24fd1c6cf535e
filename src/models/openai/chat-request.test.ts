import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { forModel, readChatRequest } from "./chat-request.ts"

const told = (text: string): string => {
  const read = readChatRequest(Buffer.from(text))
  return typeof read === "string" ? read : `for ${read.model}`
}

const forwarded = (text: string, model = "new"): string => {
  const read = readChatRequest(Buffer.from(text))
  if (typeof read === "string") throw new Error(read)
  return Buffer.from(forModel(read, model)).toString()
}

describe("a chat request goes on to a provider", () => {
  test("with its model by another name and all else byte for byte", () => {
    const written =
      '{ "seed" : 12345678901234567890, "t": 1.0,\t"model"\n: "old" , "x": {"model": "inner", "y": ["}", "\\""]} }'
    expect(forwarded(written)).toBe(written.replace('\n: "old" ', '\n:"new"'))
  })

  test("with no second model for a provider that reads the first of two", () => {
    expect(forwarded('{"model":"dear","a":1,"mo\\u0064el":{"b":[2]},"model":"small"}')).toBe(
      '{"model":"new","a":1,"mo\\u0064el":"new","model":"new"}',
    )
  })

  test("without the byte order mark it came with", () => {
    expect(forwarded('\ufeff {"model":"old"}')).toBe('{"model":"new"}')
  })

  test("as it would be if it were parsed and written again, whatever it holds", () => {
    const json = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("model", "__proto__", '"', "\\", "modelé")),
      fc.jsonValue(),
    )
    fc.assert(
      fc.property(json, fc.string(), fc.constantFrom(undefined, 2), (value, model, indent) => {
        const entries = [...Object.entries(value).filter(([name]) => name !== "model"), ["model", "old"]]
        const text = JSON.stringify(Object.fromEntries(entries), null, indent)
        const expected = Object.fromEntries([...entries.slice(0, -1), ["model", model]])
        expect(JSON.parse(forwarded(text, model))).toEqual(JSON.parse(JSON.stringify(expected)))
      }),
    )
  })
})

test("a body is told apart by what it is", () => {
  const nested = (levels: number): string => `{"model":"a","x":${"[".repeat(levels)}${"]".repeat(levels)}}`
  expect(
    ["[]", "", "{", '{"model":', '"\\', nested(511), nested(512), '{"model":"[[{"}', '{"model":7}'].map(told),
  ).toEqual([
    "not a JSON object",
    "not a JSON object",
    "not a JSON object",
    "not a JSON object",
    "not a JSON object",
    "for a",
    "nested too deep",
    "for [[{",
    "for null",
  ])
})

test("a body of nothing but brackets is refused before it takes a second and a gigabyte to parse", () => {
  const brackets = Buffer.alloc(16 * 1024 * 1024, "[")
  const before = process.memoryUsage.rss()
  expect(readChatRequest(brackets)).toBe("nested too deep")
  expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000)
})
