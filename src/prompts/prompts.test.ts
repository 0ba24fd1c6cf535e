import { describe, expect, test } from "bun:test"
import { Ajv2020 } from "ajv/dist/2020.js"
import fc from "fast-check"
import { FormFault } from "../models/form/fault.ts"
import { Place } from "../models/form/place.ts"
import type { Json, JsonObject } from "../models/json.ts"
import { shortfalls } from "./expectation.ts"
import { type InputForm, type InputValue, inputSchema, isOf, type PromptInput } from "./input.ts"
import { readInputs } from "./read-inputs.ts"
import { inputsOf, parseTemplate, render, type Template } from "./template.ts"

function template(text: string, ...names: readonly string[]): Template {
  const found = parseTemplate(text, new Set(names))
  if ("fault" in found) throw new Error(found.fault)
  return found
}
const rendered = (text: string, values: Readonly<Record<string, InputValue>>) =>
  render(template(text, ...Object.keys(values)), new Map(Object.entries(values)))
const anything = fc.string({ unit: "binary", maxLength: 60 })
const braces = fc.array(fc.constantFrom("{", "{{", "}}", "\\", "a", ":", "json", "$&", " ")).map((it) => it.join(""))

describe("a template", () => {
  test("puts every input where its place is, whatever it holds, and nothing else changes", () => {
    fc.assert(
      fc.property(fc.oneof(anything, braces), fc.oneof(anything, braces), (a, b) => {
        expect(rendered("x {{a}} y {{ b }} {{a}}", { a, b })).toBe(`x ${a} y ${b} ${a}`)
      }),
    )
  })

  test("writes an input as JSON where that is asked, so that it ends where it ends", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (a) => {
        const text = rendered("<{{a:json}}>", { a })
        expect(JSON.parse(text.slice(1, -1))).toBe(a)
      }),
    )
    expect(rendered("{{n:json}} {{b}}", { n: 3, b: true })).toBe("3 true")
  })

  test("holds braces that are escaped, and single ones, as they are", () => {
    expect(rendered('\\{{a}} {"k": {}} } }} {{a}}', { a: "x" })).toBe('{{a}} {"k": {}} } }} x')
  })

  test("is faulty where a place is none, names no input, or a way to write it that is not there", () => {
    const fault = (text: string) => {
      const found = parseTemplate(text, new Set(["a"]))
      return "fault" in found ? found.fault : "none"
    }
    expect(fault("{{}}")).toContain("no place for an input")
    expect(fault("{{a")).toContain("no place for an input")
    expect(fault("{{a + 1}}")).toContain("no place for an input")
    expect(fault("{{b}}")).toBe('there is no input "b"')
    expect(fault("{{constructor}}")).toBe('there is no input "constructor"')
    expect(fault("{{a:html}}")).toBe('"html" is no way to write an input')
    expect(fault("{{a}}")).toBe("none")
  })

  test("reads any text without taking long, and names its inputs", () => {
    fc.assert(fc.property(fc.oneof(anything, braces), (text) => void parseTemplate(text, new Set(["a"]))))
    expect([...inputsOf(template("{{a}}{{b}}{{a}}", "a", "b"))]).toEqual(["a", "b"])
  })
})

const forms: fc.Arbitrary<InputForm> = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), min: fc.nat(3), max: fc.integer({ min: 3, max: 6 }) }),
  fc.record({
    kind: fc.constant("number" as const),
    isWhole: fc.boolean(),
    min: fc.option(fc.integer({ min: -5, max: 0 }), { nil: undefined }),
    max: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  }),
  fc.constant({ kind: "boolean" as const }),
  fc.constant({ kind: "one-of" as const, values: ["a", "b"] }),
)
const values: fc.Arbitrary<Json> = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.integer({ min: -8, max: 8 }),
  fc.double({ min: -8, max: 8, noNaN: true }),
  fc.boolean(),
  fc.constantFrom<Json>("a", [], {}, null),
)

describe("an input", () => {
  test("is taken exactly where its JSON Schema takes it", () => {
    const ajv = new Ajv2020({ strict: true })
    fc.assert(
      fc.property(forms, values, (form, value) => {
        const schema = inputSchema({ name: "x", about: "", form, fallback: undefined })
        expect(isOf(value, form)).toBe(ajv.validate(schema, value))
      }),
      { numRuns: 500 },
    )
  })

  const inputs: readonly PromptInput[] = [
    { name: "text", about: "", form: { kind: "text", min: 1, max: 5 }, fallback: undefined },
    { name: "n", about: "", form: { kind: "number", isWhole: true, min: 1, max: undefined }, fallback: 3 },
  ]
  const faultOf = (given: JsonObject, of = inputs): string => {
    try {
      readInputs(of, new Place(given, "inputs"))
      return "none"
    } catch (error) {
      if (error instanceof FormFault) return error.message
      throw error
    }
  }

  test("has its default where none is given, and is a fault with its place where it has none", () => {
    expect([...readInputs(inputs, new Place({ text: "a" }, "inputs"))]).toEqual([
      ["text", "a"],
      ["n", 3],
    ])
    expect(faultOf({})).toBe("inputs.text must be a text of 1 to 5 characters")
    expect(faultOf({ text: "" })).toBe("inputs.text must be a text of 1 to 5 characters")
    expect(faultOf({ text: "👩👩👩👩👩" })).toBe("none")
    expect(faultOf({ text: "a", n: 0 })).toBe("inputs.n must be a whole number from 1")
    expect(faultOf({ text: "a", m: 0 })).toBe("inputs.m must be absent: the inputs are text, n")
  })

  test("named as something every object has is not taken from there", () => {
    const named = (name: string): readonly PromptInput[] => [
      { name, about: "", form: { kind: "text", min: 0, max: 9 }, fallback: undefined },
    ]
    expect(faultOf({}, named("toString"))).toBe("inputs.toString must be a text of at most 9 characters")
    expect(faultOf({}, named("__proto__"))).toContain("inputs.__proto__ must be a text")
    expect(faultOf(JSON.parse('{"__proto__": "x"}'), named("__proto__"))).toBe("none")
  })
})

describe("an expectation", () => {
  const expectation = { contains: [], matches: undefined, schema: true }
  const json = { kind: "json", schema: {}, check: (text: string) => (text === '{"a":1}' ? "valid" : "not so") } as const

  test("tells each way in which an output falls short", () => {
    const expect1 = { ...expectation, contains: ["a", "b"], matches: /^x/u }
    expect(shortfalls("only a", expect1, { kind: "text" })).toEqual([
      'does not contain "b": only a',
      "does not match /^x/u: only a",
    ])
    expect(shortfalls("x ab", expect1, { kind: "text" })).toEqual([])
    expect(shortfalls({ a: 2 }, expectation, json)).toEqual(["is not as the schema says: not so"])
    expect(shortfalls({ a: 1 }, expectation, json)).toEqual([])
    expect(shortfalls({ a: 2 }, { ...expectation, schema: false }, json)).toEqual([])
  })
})
