import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { nestsDeeper, withMember } from "./json-text.ts"

const renamed = (text: string, model = "new"): string =>
  Buffer.from(withMember(Buffer.from(text), "model", JSON.stringify(model))).toString()

describe("an object with another value for one member", () => {
  test("has all else byte for byte", () => {
    const written =
      '{ "seed" : 12345678901234567890, "t": 1.0,\t"model"\n: "old" , "x": {"model": "inner", "y": ["}", "\\""]} }'
    expect(renamed(written)).toBe(written.replace('\n: "old" ', '\n:"new"'))
  })

  test("has no second one for a reader that takes the first of two", () => {
    expect(renamed('{"model":"dear","a":1,"mo\\u0064el":{"b":[2]},"model":"small"}')).toBe(
      '{"model":"new","a":1,"mo\\u0064el":"new","model":"new"}',
    )
  })

  test("has not the byte order mark it came with", () => {
    expect(renamed('\ufeff {"model":"old"}')).toBe('{"model":"new"}')
  })

  test("is as it would be if it were parsed and written again, whatever it holds", () => {
    const json = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("model", "__proto__", '"', "\\", "modelé")),
      fc.jsonValue(),
    )
    fc.assert(
      fc.property(json, fc.string(), fc.constantFrom(undefined, 2), (value, model, indent) => {
        const entries = [...Object.entries(value).filter(([name]) => name !== "model"), ["model", "old"]]
        const text = JSON.stringify(Object.fromEntries(entries), null, indent)
        const expected = Object.fromEntries([...entries.slice(0, -1), ["model", model]])
        expect(JSON.parse(renamed(text, model))).toEqual(JSON.parse(JSON.stringify(expected)))
      }),
    )
  })
})

test("how deep arrays and objects stand in each other is told of any bytes, and none in a string count", () => {
  const nested = (levels: number): Buffer => Buffer.from("[".repeat(levels) + "]".repeat(levels))
  expect([nestsDeeper(nested(512), 512), nestsDeeper(nested(513), 512)]).toEqual([false, true])
  expect(nestsDeeper(Buffer.from('{"model":"[[{"}'), 1)).toBe(false)
})
