import { expect, test } from "bun:test"
import fc from "fast-check"
import { readDocument } from "./document.ts"
import { printFaults } from "./fault.ts"

const ENV = { KEY: "s3cret: [x] # y", PORT: "8080", EMPTY: "", ORDERS_KEY: "k" }
const read = (text: string, env: Record<string, string | undefined> = ENV) => readDocument(text, "pinpoint.yaml", env)

test.each<[string, unknown]>([
  [`a: \${KEY}`, "s3cret: [x] # y"],
  [`a: \${PORT}`, "8080"],
  [`a: http://h:\${PORT}/v\${X:-1}`, "http://h:8080/v1"],
  [`a: \${PORT}\${PORT}`, "80808080"],
  [`a: \${NO:-none}`, "none"],
  [`a: \${NO:-}`, ""],
  [`a: \${EMPTY:-instead}`, "instead"],
  [`a: x\${EMPTY}`, "x"],
  [`a: \${NO:-a: b # c}`, "a: b # c"],
  [`a: $\${KEY}`, `\${KEY}`],
  [`a: $$\${KEY}`, `$\${KEY}`],
  ["a: $${", "${"],
  ["a: $KEY and $ {KEY}", "$KEY and $ {KEY}"],
  [`a: '\${PORT}'`, "8080"],
  [`a: "\${PORT}\\n"`, "8080\n"],
  [`a: | # \${NOT\n  \${PORT}\n  \${KEY}\n`, "8080\ns3cret: [x] # y\n"],
  [`a: >-\n  \${PORT}\n  \${PORT}\n`, "8080 8080"],
  [`a: \${PORT}\n  \${PORT}`, "8080 8080"],
  [`a: 1 # \${NOWHERE} and \${`, 1],
])("%j is read with the environment", (text, value) => {
  const document = read(text)
  expect(document.faults).toEqual([])
  expect(document.value).toEqual({ a: value })
})

test("a reference stands in a flow map although YAML has no plain scalar with a brace there", () => {
  const document = read(`providers: { local: { key: \${LOCAL_KEY:-none}, port: \${PORT}, raw: $\${X} } }`)
  expect(document.faults).toEqual([])
  expect(document.value).toEqual({ providers: { local: { key: "none", port: "8080", raw: `\${X}` } } })
  expect(document.sourceAt(["providers", "local", "port"])).toMatchObject({ line: 1, column: 54 })
  expect(document.textAt(["providers", "local", "port"])).toBe(`\${PORT}`)
})

test("what comes from the environment is known, longest first; what comes from a default is not", () => {
  const document = read(`a: { b: [ \${PORT}, x ] }\nc: \${NO:-d}\ne: &e \${KEY}\nf: [*e]`)
  expect(document.secrets).toEqual(["s3cret: [x] # y", "8080"])
  const places = [[], ["a"], ["a", "b", 0], ["f", 0]]
  expect(places.map((path) => document.isInterpolated(path))).toEqual([true, true, true, true])
  expect([["a", "b", 1], ["c"], ["none"]].map((path) => document.isInterpolated(path))).toEqual([false, false, false])
})

test("every variable that is not set is a fault at its place, with one that is set and looks like it", () => {
  const text = `a: x\${ORDER_KEY}\nb: \${QQQQ}\nc: \${`
  expect(printFaults(read(text).faults, text, { color: false })).toBe(
    [
      "pinpoint.yaml:1:5 error  the environment variable ORDER_KEY is not set",
      `  1 | a: x\${ORDER_KEY}`,
      "    |     ^",
      `  hint: did you mean ORDERS_KEY, which is set? Otherwise set it, or write a default: \${ORDER_KEY:-…}`,
      "",
      "pinpoint.yaml:2:4 error  the environment variable QQQQ is not set",
      `  2 | b: \${QQQQ}`,
      "    |    ^",
      `  hint: set it, or write a default: \${QQQQ:-…}`,
      "",
      'pinpoint.yaml:3:4 error  "${" is not closed on its line',
      "  3 | c: ${",
      "    |    ^",
      `  expected: "\${NAME}" or "\${NAME:-default}", on one line and without "}" in the default`,
      '  hint: write "$${" for the two characters themselves',
    ].join("\n"),
  )
  expect(read(text).faults.map(({ source }) => source.path)).toEqual(["a", "b", "c"])
})

test.each([
  [`a: \${A-B}`, `"\${A-B}" does not name a variable`],
  [`a: \${}`, `"\${}" does not name a variable`],
  [`a: \${A:-\${B}}`, `"\${…}" stands inside another`],
  [`\${KEY}: 1`, `"\${…}" stands in a name, where it is not replaced`],
  [`a: \${toString}`, "the environment variable toString is not set"],
])("%j is a fault", (text, message) => {
  expect(read(text).faults.map((it) => it.message)).toContain(message)
})

test("a file with private-use characters of its own is read as it is", () => {
  const own = `\uE000\uE001 "\\uE002 \${PORT}`
  expect(read(`a: "\uE000\\uE001\\U0000E002\${PORT}\uE003"`).value).toEqual({ a: "\uE000\uE001\uE0028080\uE003" })
  expect(read(`a: '${own}'`).value).toEqual({ a: own.replace(`\${PORT}`, "8080") })
})

test("a file with every private-use character is a fault", () => {
  const all = Array.from({ length: 6400 }, (_, at) => String.fromCharCode(0xe000 + at)).join("")
  expect(read(`a: ${all}`).faults.map(({ message }) => message)).toEqual([
    "the file uses all 6,400 private-use characters, and reading needs two of them",
  ])
})

test("no value of the environment becomes syntax, moves a place or gets into a fault", () => {
  const value = fc.string({ unit: "binary", minLength: 1 })
  const text = `m: { a: \${V}, b: [ x\${V}y ] }\nc: "\${V}"\nd: |\n  \${V}\ne: &x \${V}\nf: *x\nz: \${W}\nz: 2\n`
  const places = read(text, { V: "v" })
  fc.assert(
    fc.property(value, (V) => {
      const document = read(text, { V })
      expect(document.value).toEqual({ m: { a: V, b: [`x${V}y`] }, c: V, d: `${V}\n`, e: V, f: V, z: "" })
      for (const path of [["m", "b", 0], ["d"], ["z"]]) expect(document.sourceAt(path)).toEqual(places.sourceAt(path))
      expect(document.faults).toEqual(places.faults)
    }),
  )
})
