import { expect, test } from "bun:test"
import fc from "fast-check"
import { type Path, parsePath, showPath } from "./path.ts"

test.each<[Path, string]>([
  [["services", "orders", "policies", 2, "scopes", "POST"], "services.orders.policies[2].scopes.POST"],
  [["a.b", "c d", ""], '["a.b"]["c d"][""]'],
  [["models", "gpt-4o", 0], "models.gpt-4o[0]"],
  [["models", "2.5"], 'models["2.5"]'],
  [[0, "a"], "[0].a"],
  [['say "hi"'], '["say \\"hi\\""]'],
  [[], ""],
])("the path %j is written %s and read back", (path, text) => {
  expect(showPath(path)).toBe(text)
  expect(parsePath(text)).toEqual(path)
})

test("any path that is written is read back as it was", () => {
  const part = fc.oneof(fc.string({ unit: "binary" }), fc.nat())
  fc.assert(fc.property(fc.array(part), (path) => expect(parsePath(showPath(path))).toEqual(path)))
})

test.each([
  [".a", '".a" is not a path: cannot read on at column 1'],
  ["a..b", '"a..b" is not a path: cannot read on at column 2'],
  ["a[x]", '"a[x]" is not a path: cannot read on at column 2'],
  ["a[01]", '"a[01]" is not a path: cannot read on at column 2'],
  ["a.", '"a." is not a path: cannot read on at column 2'],
  ["[0]a", '"[0]a" is not a path: cannot read on at column 4'],
])("%s is refused as a path, with the column", (text, message) => {
  expect(() => parsePath(text)).toThrow(message)
})
