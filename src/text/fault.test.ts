import { expect, test } from "bun:test"
import fc from "fast-check"
import { type ConfigFault, faultsJson, printFaults } from "./fault.ts"

const fault = (line: number, column: number, message = "wrong"): ConfigFault => ({
  severity: "error",
  source: { file: "pinpoint.yaml", line, column, path: "a" },
  message,
})

const plain = (faults: readonly ConfigFault[], text: string): string => printFaults(faults, text, { color: false })

test("a fault is printed with its line, a caret, what is expected and a hint", () => {
  const told = {
    ...fault(2, 5),
    message: 'unknown key "scope"',
    expected: "one of scopes",
    hint: "did you mean scopes?",
  }
  expect(plain([told], "a:\n    scope: 1\n")).toBe(
    [
      'pinpoint.yaml:2:5 error  unknown key "scope"',
      "  2 |     scope: 1",
      "    |     ^",
      "  expected: one of scopes",
      "  hint: did you mean scopes?",
    ].join("\n"),
  )
})

test("faults are sorted by place and those without a line come first", () => {
  const inStore: ConfigFault = { severity: "warning", source: { file: "pinpoint.yaml", path: "keys[0]" }, message: "m" }
  const printed = plain([fault(10, 1), fault(2, 9), inStore, fault(2, 3)], "")
  expect(printed.split("\n\n").map((it) => it.split(" ")[0])).toEqual([
    "pinpoint.yaml",
    "pinpoint.yaml:2:3",
    "pinpoint.yaml:2:9",
    "pinpoint.yaml:10:1",
  ])
})

test("a long line is cut around the column", () => {
  const [, line = "", caret = ""] = plain([fault(1, 501)], `${"x".repeat(500)}Y${"z".repeat(500)}`).split("\n")
  expect(line.length).toBeLessThan(110)
  expect(line.indexOf("Y")).toBe(caret.indexOf("^"))
  expect(line).toMatch(/^ {2}1 \| …x+Yz+…$/)
})

test("the caret stands under its character behind wide characters and tabs", () => {
  expect(
    plain([fault(1, 5)], "\t鍵: x")
      .split("\n")
      .slice(1),
  ).toEqual(["  1 | →鍵: x", "    |      ^"])
})

test("no control character of a file or message reaches the terminal", () => {
  const hostile = fc.string({ unit: "binary" })
  fc.assert(
    fc.property(hostile, hostile, fc.nat(30), (text, message, column) => {
      const printed = plain([{ ...fault(1, column + 1, message), expected: message, hint: message }], text)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    }),
  )
})

test("colors surround the words and change none", () => {
  const colored = printFaults([fault(1, 1)], "a: b", { color: true })
  expect(colored).toContain("\u001b[1;31merror\u001b[0m")
  expect(Bun.stripANSI(colored)).toBe(plain([fault(1, 1)], "a: b"))
})

test("as JSON a fault has its place flat beside its words", () => {
  expect(faultsJson([{ ...fault(3, 4), hint: "h" }])).toEqual([
    { severity: "error", file: "pinpoint.yaml", line: 3, column: 4, path: "a", message: "wrong", hint: "h" },
  ])
})
