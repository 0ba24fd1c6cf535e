import { expect, test } from "bun:test"
import fc from "fast-check"
import { Document, isCollection, isScalar, type Node, visit } from "yaml"
import type { Value } from "../decision/value.ts"
import { readDocument } from "./document.ts"
import { edit } from "./edit.ts"
import type { Path } from "./path.ts"

test.each<[string, string, string, Value, string]>([
  ["a plain scalar", "a: x # why\nb: 1\n", "a", "w", "a: w # why\nb: 1\n"],
  ["a quoted scalar", "{ \"a\":'x' , b: 1}", "a", "w", '{ "a":w , b: 1}'],
  ["a scalar of several lines", "a: x\n  y\nb: 1\n", "a", 2, "a: 2\nb: 1\n"],
  ["a reference", `a: { k: \${K:-x} } # \${K}`, "a.k", "w", `a: { k: w } # \${K}`],
  ["a value beside a reference", `a: { k: \${K}, l: 1 }`, "a.l", 2, `a: { k: \${K}, l: 2 }`],
  ["text that looks like a reference", "a: x", "a", `\${K}`, `a: "$\${K}"`],
  ["text that needs quotation marks", "a: [x]", "a[0]", "y, z: #", 'a: ["y, z: #"]'],
  [
    "text that looks like something else",
    "a: x",
    "a",
    ["yes", "null", "1", "1e3", "", "0x1", "12:30"],
    'a: ["yes", "null", "1", "1e3", "", "0x1", "12:30"]',
  ],
  [
    "text that needs none",
    "a: x",
    "a",
    ["b c", "http://x:80/*.y", "10.0.0.0/8", "POST"],
    'a: [b c, "http://x:80/*.y", 10.0.0.0/8, POST]',
  ],
  ["an empty value", "a: # why\nb: 1\n", "a", true, "a: true # why\nb: 1\n"],
  ["an empty entry", "a:\n  -\n  - x\n", "a[0]", "w", "a:\n  - w\n  - x\n"],
  ["a flow list", "a: [x,  y] # why\n", "a", ["z"], "a: [z] # why\n"],
  ["a flow list with comments", "a: [\n  x, # one\n  y # two\n]\nb: 1\n", "a", ["z"], "a: [z] # one\n  # two\nb: 1\n"],
  ["a flow list with comments in a flow map", "{ a: [x, # one\n  y], b: 1 }", "a", ["z"], "{ a: [z] # one\n  , b: 1 }"],
  ["a block list", "a:\n  - x\n  - y\nb: 1\n", "a", ["z"], "a: [z]\nb: 1\n"],
  [
    "a block list with comments",
    "a: # who\n  # first\n  - x # one\n\n  # second\n  - y # two\nb: 1\n",
    "a",
    ["z"],
    "a: [z] # who\n  # first\n  # one\n  # second\n   # two\nb: 1\n",
  ],
  ["a block list in a block list", "- - x\n  - y\n- z\n", "[0]", ["w"], "- [w]\n- z\n"],
  ["a block scalar", "a: |- # why\n  x\n  y\n\nb: 1\n", "a", "z", "a: z # why\n\nb: 1\n"],
  ["a value in a file with CRLF", "a:\r\n  - x # one\r\n  - y\r\nb: 1\r\n", "a", ["z"], "a: [z] # one\r\nb: 1\r\n"],
  ["a value behind a byte order mark", "\uFEFFa: 1\n", "a", 2, "\uFEFFa: 2\n"],
  ["the whole document", "- x\n- y\n", "", ["z"], "[z]\n"],
  ["a key with an odd name", '"a.b":\n  c d: 1\n', '["a.b"]["c d"]', 2, '"a.b":\n  c d: 2\n'],
])("%s is replaced and all else is left", (_, text, path, to, edited) => {
  expect(edit(text, [{ path, to }])).toBe(edited)
})

test("several changes are made at once", () => {
  const changes = [
    { path: "b", to: 20 },
    { path: ["a", 1], to: "z" },
  ]
  expect(edit("a: [x, y]\nb: 1\n", changes)).toBe("a: [x, z]\nb: 20\n")
  expect(edit("a: [x, y]\n", [])).toBe("a: [x, y]\n")
})

test.each<[string, string, readonly string[], string]>([
  ["a value that is not there", "scopes: [x]", ["scope"], "there is no scope; did you mean scopes?"],
  ["an entry that is not there", "a: [x]", ["a[1]"], "there is no a[1]"],
  ["an alias", "a: &x 1\nb: *x", ["b"], "b is an alias of another value; edit it by hand"],
  [
    "what an alias repeats",
    "a: &x [1]\nb: *x",
    ["a[0]"],
    "a has an anchor, so that other places may repeat it; edit it by hand",
  ],
  ["a value through an alias", "a: &x [1]\nb: *x", ["b[0]"], "b is an alias of another value; edit it by hand"],
  [
    "a value that holds an anchor",
    "a: [&x 1]\nb: *x",
    ["a"],
    "the change cannot be made by replacing the text of the value alone; edit it by hand",
  ],
  ["a value with a tag", "a: !!str 1", ["a"], "a has a tag that says how to read it; edit it by hand"],
  ["a name without a value", "{ a }", ["a"], "there is a name without a value; write one by hand"],
  ["the same value twice", "a: 1", ["a", "a"], "two changes are of the same value, or one of a value inside another's"],
  [
    "a value inside another",
    "a: [1]",
    ["a", "a[0]"],
    "two changes are of the same value, or one of a value inside another's",
  ],
  ["an empty text", "", ["a"], "the text is empty"],
  ["a text with faults", "a: [", ["a"], "the text is not valid YAML at 1:5: "],
  ["a path that is none", "a: 1", ["a["], '"a[" is not a path: cannot read on at column 2'],
])("%s cannot be edited, and it is said why", (_, text, paths, message) => {
  expect(() =>
    edit(
      text,
      paths.map((path) => ({ path, to: "new" })),
    ),
  ).toThrow(message)
})

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string(),
  fc.constantFrom(
    "yes",
    "~",
    "- x",
    "a: b",
    "#",
    `\${K}`,
    `$\${K}`,
    "${",
    "x\ny\n",
    " x",
    "x ",
    "*a",
    "&a",
    "!x",
    "\uE000",
    "\u0085",
    "|",
    "'",
    "2024-01-01",
    ".5",
    "0o7",
  ),
)
const value: fc.Arbitrary<Value> = fc.oneof(
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(text),
)
const key = fc
  .oneof(fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/), fc.string({ unit: "grapheme", minLength: 1 }))
  .filter((it) => it !== "__proto__" && it !== "<<" && !it.includes("${"))

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ maxDepth: 4 }, value, tie("list"), tie("map")),
  list: fc.array(tie("tree"), { maxLength: 4 }),
  map: fc.dictionary(key, tie("tree"), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
}))

const STYLES = ["PLAIN", "QUOTE_SINGLE", "QUOTE_DOUBLE", "BLOCK_LITERAL", "BLOCK_FOLDED"] as const

/** A text for a value in a style made of chance: block and flow, every kind of quotation mark, comments. */
function written(root: unknown, chance: () => number): string {
  const document = new Document(root, { aliasDuplicateObjects: false })
  const comment = () => ` note ${Math.floor(chance() * 1000)} \${ "`
  visit(document, {
    Node: (_, node: Node) => {
      if (isCollection(node)) node.flow = chance() < 0.4
      if (isScalar(node) && typeof node.value === "string")
        node.type = STYLES[Math.floor(chance() * STYLES.length)] ?? "PLAIN"
      if (chance() < 0.2) node.comment = comment()
      if (chance() < 0.2) node.commentBefore = comment()
    },
  })
  const out = document.toString({
    lineWidth: chance() < 0.5 ? 0 : 30,
    indentSeq: chance() < 0.5,
    flowCollectionPadding: chance() < 0.5,
  })
  return chance() < 0.2 ? out.replaceAll(/\r?\n/g, "\r\n") : out
}

function pathsIn(value: unknown): readonly Path[] {
  if (Array.isArray(value)) return [[], ...value.flatMap((it, at) => pathsIn(it).map((path) => [at, ...path]))]
  if (typeof value !== "object" || value === null) return [[]]
  return [[], ...Object.entries(value).flatMap(([name, it]) => pathsIn(it).map((path) => [name, ...path]))]
}

function put(value: unknown, [first, ...rest]: Path, to: Value): unknown {
  if (first === undefined) return to
  if (Array.isArray(value)) return value.map((it, at) => (at === first ? put(it, rest, to) : it))
  return typeof value === "object" && value !== null
    ? { ...value, [first]: put(Reflect.get(value, first), rest, to) }
    : value
}

test("after an edit the text reads as before with exactly that change, and no comment is lost", () => {
  const NOTE = /# note \d+ \$\{ "/g
  fc.assert(
    fc.property(
      tree,
      value,
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      (root, to, stream) => {
        const chance = (): number => stream.next().value
        const text = written(root, chance)
        const before = readDocument(text, "f", { K: "k" })
        // A text in a style may say more than the value did: then it has faults, or variables, and there is nothing to edit.
        fc.pre(before.faults.length === 0 && before.value !== undefined)
        const paths = pathsIn(before.value)
        const path = paths[Math.floor(chance() * paths.length)] ?? []
        const edited = edit(text, [{ path, to }])
        const after = readDocument(edited, "f", { K: "k" })
        expect(after.faults).toEqual([])
        expect(after.value).toEqual(put(before.value, path, to))
        expect(edited.match(NOTE)?.length).toBe(text.match(NOTE)?.length)
      },
    ),
    { numRuns: 1_000 },
  )
}, 120_000)
