import { expect, test } from "bun:test"
import fc from "fast-check"
import { stringify } from "yaml"
import { readDocument } from "./document.ts"
import { printFaults } from "./fault.ts"

const read = (text: string) => readDocument(text, "pinpoint.yaml", {})
const told = (text: string): string => printFaults(read(text).faults, text, { color: false })

const EXAMPLE = `# the gateway
services:
  orders:
    routes:
      - path: /orders/*
        methods: [GET, POST]
    note: |
      two
      lines
  "odd name": { upstream: http://a }
`

test("values are plain and every one has its place", () => {
  const document = read(EXAMPLE)
  expect(document.faults).toEqual([])
  expect(document.value).toEqual({
    services: {
      orders: { routes: [{ path: "/orders/*", methods: ["GET", "POST"] }], note: "two\nlines\n" },
      "odd name": { upstream: "http://a" },
    },
  })
  expect(document.sourceAt(["services", "orders", "routes", 0, "methods", 1])).toEqual({
    file: "pinpoint.yaml",
    line: 6,
    column: 24,
    path: "services.orders.routes[0].methods[1]",
  })
  expect(document.sourceAt(["services", "odd name", "upstream"])).toMatchObject({
    line: 10,
    column: 27,
    path: 'services["odd name"].upstream',
  })
})

test("a key has a place of its own", () => {
  expect(read(EXAMPLE).keySourceAt(["services", "orders", "routes"])).toMatchObject({ line: 4, column: 5 })
  expect(read(EXAMPLE).keySourceAt(["services", "odd name"])).toMatchObject({ line: 10, column: 3 })
})

test("a path that is not there has the place of the nearest that is, and its own name", () => {
  const path = ["services", "orders", "policies", 0, "scopes"]
  expect(read(EXAMPLE).sourceAt(path)).toMatchObject({ line: 4, column: 5, path: "services.orders.policies[0].scopes" })
  expect(read(EXAMPLE).keySourceAt(path)).toMatchObject({ line: 3, column: 3 })
  expect(read("").sourceAt(["a"])).toEqual({ file: "pinpoint.yaml", line: 1, column: 1, path: "a" })
})

test("a scalar is told as the file writes it, without quotation marks", () => {
  const document = read(`a: "x\\n"\nb: 0x10\nc: [1]`)
  expect([document.textAt(["a"]), document.textAt(["b"]), document.textAt(["c"])]).toEqual(["x\\n", "0x10", undefined])
})

test("CRLF and a byte order mark change no line and no column", () => {
  const document = read(`\uFEFFa: 1\r\nb:\r\n  - x\r\n  - "y z"\r\n`)
  expect(document.faults).toEqual([])
  expect(document.value).toEqual({ a: 1, b: ["x", "y z"] })
  expect(document.sourceAt(["a"])).toMatchObject({ line: 1, column: 4 })
  expect(document.sourceAt(["b", 1])).toMatchObject({ line: 4, column: 5 })
})

test("keys are names as written, whatever YAML reads in them", () => {
  expect(read("1.0: a\n0x10: b\ntrue: c\nnull: d").value).toEqual({ "1.0": "a", "0x10": "b", true: "c", null: "d" })
})

test("an alias stands for its anchor's value, and a place inside it is where the anchor's is", () => {
  const document = read("a: &x\n  b: 1\nc: *x")
  expect(document.value).toEqual({ a: { b: 1 }, c: { b: 1 } })
  expect(document.sourceAt(["c"])).toMatchObject({ line: 3, column: 4 })
  expect(document.sourceAt(["c", "b"])).toMatchObject({ line: 2, column: 6, path: "c.b" })
})

test("a file without anything holds nothing", () => {
  for (const text of ["", "\n\n", "# only this\n", "\uFEFF"])
    expect(read(text)).toMatchObject({ value: undefined, faults: [] })
})

test("what YAML writes is read as YAML reads it", () => {
  const key = fc.string({ unit: "grapheme" }).filter((it) => it !== "__proto__" && it !== "<<" && !it.includes("${"))
  const text = fc.string({ unit: "grapheme" }).filter((it) => !it.includes("${"))
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
      tie("list"),
      tie("map"),
    ),
    list: fc.array(tie("tree"), { maxLength: 5 }),
    map: fc.dictionary(key, tie("tree"), { maxKeys: 5, noNullPrototype: true }),
  }))
  fc.assert(
    fc.property(tree, (value) => {
      const document = read(stringify(value, { aliasDuplicateObjects: false }))
      expect(document.faults).toEqual([])
      expect(document.value).toEqual(value)
    }),
  )
})

test("all faults are told at once, each at its place", () => {
  expect(told(`a: 1\na: 2\nb: *nope\nc: &c [*c]\n? [x]\n: 1\n__proto__: 1\n<<: {}\nd: "\\q"\n`)).toBe(
    [
      'pinpoint.yaml:2:1 error  the key "a" is written twice',
      "  2 | a: 2",
      "    | ^",
      "  hint: it is first written on line 1; only one of them can hold",
      "",
      "pinpoint.yaml:3:4 error  the alias *nope repeats nothing",
      "  3 | b: *nope",
      "    |    ^",
      "  expected: an anchor &nope earlier in the file",
      '  hint: a value that begins with "*" stands in quotation marks',
      "",
      "pinpoint.yaml:4:8 error  the alias *c stands inside what it repeats",
      "  4 | c: &c [*c]",
      "    |        ^",
      "",
      "pinpoint.yaml:5:3 error  a list, map or alias stands where a name is needed",
      "  5 | ? [x]",
      "    |   ^",
      "  hint: use a text as the name",
      "",
      'pinpoint.yaml:7:1 error  "__proto__" cannot be a name',
      "  7 | __proto__: 1",
      "    | ^",
      "  hint: choose another name",
      "",
      'pinpoint.yaml:8:1 error  "<<" does not merge maps here',
      "  8 | <<: {}",
      "    | ^",
      "  hint: write the entries out, or let an alias stand for the whole value",
      "",
      "pinpoint.yaml:9:5 error  invalid escape sequence \\q",
      '  9 | d: "\\q"',
      "    |     ^",
    ].join("\n"),
  )
})

test.each([
  ["a:\n\tb: 1\n", "2:1 error  a tab stands where the line is indented", "indent with spaces"],
  ["a: b: c\n", '1:4 error  a value goes on with ": "', "quotation marks"],
  ["a: @x\n", "1:4 error  plain value cannot start with reserved character @", "quotation marks"],
  ["a:\n  b: 1\n c: 2\n", "3:1 error  this begins at another column than its neighbours", "begins at the same column"],
  ["a: 1\n---\nb: 2\n", "2:1 error  a second document begins here", 'remove the "---" line'],
  ["a: [1, 2\n", '2:1 error  a "[" above is not closed before this', 'close it with "]"'],
  ["a: 1\nb\nc: 2\n", '2:1 error  a ":" is missing behind this name', 'write ":" behind it'],
  ["a: x\u0000y\n", "1:5 error  the control character U+0000", "remove it"],
  ["a: 1\rb: 2\n", "1:5 error  the control character U+000D", "end lines with a line feed"],
  [": 1\n", "1:1 error  there is a value without a name", "write a name"],
])("%j is a fault with its place and what to do", (text, message, hint) => {
  expect(told(text)).toContain(`pinpoint.yaml:${message}`)
  expect(told(text)).toContain(hint)
})
