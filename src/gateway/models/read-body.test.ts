import { expect, test } from "bun:test"
import { readBody } from "./read-body.ts"

const told = (text: string): string => {
  const read = readBody(Buffer.from(text), "json", undefined)
  return typeof read === "string" ? read : `for ${read.model}`
}

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
    "for undefined",
  ])
})

test("a body of nothing but brackets is refused before it takes a second and a gigabyte to parse", () => {
  const brackets = Buffer.alloc(16 * 1024 * 1024, "[")
  const before = process.memoryUsage.rss()
  expect(readBody(brackets, "json", undefined)).toBe("nested too deep")
  expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000)
})
