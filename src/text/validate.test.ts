import { expect, test } from "bun:test"
import fc from "fast-check"
import { z } from "zod"
import { readDocument } from "./document.ts"
import { printFaults } from "./fault.ts"
import { duration, wholeNumber } from "./units.ts"
import { validate } from "./validate.ts"

const read = (text: string, env: Record<string, string> = {}) => readDocument(text, "f", env)

/** `line:column message; expected; hint` of each fault. */
function told<T>(schema: z.ZodType<T>, text: string, env: Record<string, string> = {}): readonly string[] {
  return validate(schema, read(text, env)).faults.map(({ source: { line, column }, message, expected, hint }) =>
    [
      `${line}:${column} ${message}`,
      ...(expected === undefined ? [] : [expected]),
      ...(hint === undefined ? [] : [`(${hint})`]),
    ].join("; "),
  )
}

const policy = z.strictObject({
  "rate-limit": z.strictObject({ requests: wholeNumber, per: z.enum(["second", "minute"]) }).optional(),
  scopes: z.array(z.string()).optional(),
})
const service = z.strictObject({
  upstream: z.string(),
  timeout: duration.default(1),
  policies: z.array(policy.refine((it) => Object.keys(it).length === 1, "one policy per entry")).default([]),
})
const gateway = z.strictObject({
  services: z.record(z.string().regex(/^[a-z]+$/, "lower-case letters"), service).prefault({}),
  debug: z.boolean().optional(),
})

test("what fits has a value and no faults", () => {
  expect(validate(gateway, read("services: { a: { upstream: x, timeout: 2s } }"))).toEqual({
    value: { services: { a: { upstream: "x", timeout: 2000, policies: [] } } },
    faults: [],
  })
})

test("a part of a document is held against a schema of its own, with places of the whole", () => {
  const document = read("services:\n  a: { upstrem: x }")
  const { faults } = validate(service, document, ["services", "a"])
  expect(faults.map(({ source }) => source)).toEqual([{ file: "f", line: 2, column: 8, path: "services.a.upstrem" }])
})

test("all faults of a file are told at once", () => {
  const text = `servces: 1
services:
  orders:
    upstrem: x
    policies:
      - rate-limt: {}
      - rate-limit: { requests: x, per: minutes }
      - { scopes: read, rate-limit: { requests: 1, per: minute } }
  users: {}
  Bad: { upstream: x, timeout: soon }
debug: "true"
`
  const { faults } = validate(gateway, read(text))
  expect(printFaults(faults, text, { color: false })).toBe(
    [
      'f:1:1 error  unknown key "servces"',
      "  1 | servces: 1",
      "    | ^",
      "  expected: one of services, debug",
      "",
      'f:4:5 error  unknown key "upstrem"',
      "  4 |     upstrem: x",
      "    |     ^",
      "  expected: one of upstream, timeout, policies",
      "  hint: did you mean upstream?",
      "",
      'f:6:9 error  unknown key "rate-limt"',
      "  6 |       - rate-limt: {}",
      "    |         ^",
      "  expected: one of rate-limit, scopes",
      "  hint: did you mean rate-limit?",
      "",
      'f:7:33 error  "x" is not a whole number',
      "  7 |       - rate-limit: { requests: x, per: minutes }",
      "    |                                 ^",
      "  expected: a whole number from 0, such as 5",
      "",
      'f:7:41 error  "minutes" is not allowed here',
      "  7 |       - rate-limit: { requests: x, per: minutes }",
      "    |                                         ^",
      '  expected: one of "second", "minute"',
      '  hint: did you mean "minute"?',
      "",
      "f:8:19 error  expected a list of strings, found a string",
      "  8 |       - { scopes: read, rate-limit: { requests: 1, per: minute } }",
      "    |                   ^",
      "  hint: put it in a list: [read]",
      "",
      'f:9:3 error  the key "upstream" is missing',
      "  9 |   users: {}",
      "    |   ^",
      "  expected: a string",
      "",
      'f:10:3 error  "Bad" is not allowed as a name',
      "  10 |   Bad: { upstream: x, timeout: soon }",
      "     |   ^",
      "  expected: lower-case letters",
      "",
      "f:11:8 error  expected true or false, found a string",
      '  11 | debug: "true"',
      "     |        ^",
      "  hint: leave out the quotation marks",
    ].join("\n"),
  )
})

const kinds = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("jwt"), issuer: z.string() }),
  z.strictObject({ kind: z.literal("key"), header: z.string().optional() }),
])
const loose = z.union([z.string(), z.strictObject({ from: z.string(), to: z.string() }), z.array(z.number())])
const tree = z.strictObject({
  name: z.string(),
  get children() {
    return z.array(tree).optional()
  },
})

test.each<[string, z.ZodType, string, readonly string[]]>([
  ["a wrong type", z.array(z.string()), "5", ["1:1 expected a list of strings, found a number"]],
  [
    "a wrong type in a list",
    z.array(z.string()),
    "[a, 5]",
    ['1:5 expected a string, found a number; (put it in quotation marks: "5")'],
  ],
  ["an empty value", z.strictObject({ a: z.number() }), "a:", ["1:3 expected a number, found nothing"]],
  [
    "an empty file",
    gateway,
    "# nothing",
    ["1:1 expected a map with keys such as services, debug, found an empty file"],
  ],
  ["a number out of range", z.number().min(1).max(9), "10", ["1:1 10 is too large; at most 9"]],
  ["a fraction", z.int(), "1.5", ["1:1 expected a whole number, found a number"]],
  [
    "a short text",
    z.string().min(16, "a key has 16 characters"),
    "abc",
    ['1:1 "abc" is too short; a key has 16 characters'],
  ],
  ["an empty list", z.array(z.string()).min(1), "[]", ["1:1 a list has too few entries; at least 1 entry"]],
  ["a text of another form", z.string().regex(/^a/), "b", ['1:1 "b" does not fit; a string that matches /^a/']],
  [
    "a text of another form, in the schema's words",
    z.string().regex(/^a/, "a name"),
    "b",
    ['1:1 "b" does not fit; a name'],
  ],
  ["another constant", z.literal(["x", 1]), "y", ['1:1 "y" is not allowed here; one of "x", 1; (did you mean "x"?)']],
  ["a list for a choice", z.enum(["x", "y"]), "[x]", ['1:1 expected one of "x", "y", found a list']],
  [
    "an unknown kind",
    kinds,
    "{ kind: jwtt }",
    ['1:9 "jwtt" is not allowed here; one of "jwt", "key"; (did you mean "jwt"?)'],
  ],
  ["no kind", z.strictObject({ auth: kinds }), "auth: {}", ['1:1 the key "kind" is missing; "jwt" or "key"']],
  [
    "a fault in a kind",
    kinds,
    "{ kind: jwt, isuer: x }",
    ['1:14 unknown key "isuer"; one of kind, issuer; (did you mean issuer?)'],
  ],
  [
    "the likeliest branch",
    loose,
    "{ from: a, to: 5 }",
    ['1:16 expected a string, found a number; (put it in quotation marks: "5")'],
  ],
  ["the list branch", loose, "[1, x]", ["1:5 expected a number, found a string"]],
  [
    "no branch",
    loose,
    "true",
    [
      '1:1 expected a string or a map with keys such as from, to or a list of numbers, found true; (put it in quotation marks: "true")',
    ],
  ],
  [
    "choices in branches",
    z.union([z.enum(["a1", "b1"]), z.literal("off")]),
    "of",
    ['1:1 "of" is not allowed here; one of "a1", "b1", "off"; (did you mean "off"?)'],
  ],
  [
    "a recursive schema",
    tree,
    "{ name: a, children: [{ nam: b }] }",
    ['1:25 unknown key "nam"; one of name, children; (did you mean name?)'],
  ],
  [
    "an enum of names",
    z.partialRecord(z.enum(["read", "write"]), z.string()),
    "wrte: x",
    ['1:1 unknown key "wrte"; one of read, write; (did you mean write?)'],
  ],
  ["a refinement without words", z.string().refine(() => false), "x", ['1:1 "x" is not accepted']],
  [
    "a key through an alias",
    gateway,
    "services: { a: &a { upstream: x, tmeout: 1s }, b: *a }",
    [
      '1:34 unknown key "tmeout"; one of upstream, timeout, policies; (did you mean timeout?)',
      '1:34 unknown key "tmeout"; one of upstream, timeout, policies; (did you mean timeout?)',
    ],
  ],
])("%s is told", (_, schema, text, faults) => {
  expect(told(schema, text)).toEqual(faults)
})

test("a value from the environment is told as the file writes it", () => {
  expect(told(z.array(z.enum(["second", "minute"])), `[ x\${V}, \${V} ]`, { V: "hunter2" })).toEqual([
    `1:3 "x\${V}" is not allowed here; one of "second", "minute"`,
    `1:10 "\${V}" is not allowed here; one of "second", "minute"`,
  ])
})

test("no value from the environment gets into a fault, whatever a schema says of it", () => {
  const gossip = z.string().superRefine((value, context) => {
    context.addIssue({
      code: "custom",
      message: `no: ${value}`,
      params: { expected: `not ${value}`, hint: `${value}?` },
    })
  })
  const secret = fc.string({ minLength: 4 }).filter((it) => /^[a-zQ-Z0-9#%]{4,}$/.test(it) && !/[a-z]{2}/.test(it))
  const schema = z.array(
    z
      .union([gossip, z.number()])
      .or(z.enum(["a"]))
      .or(duration),
  )
  fc.assert(
    fc.property(secret, (V) => {
      const { faults } = validate(z.array(gossip), read(`[ \${V}, a\${V}b ]`, { V }))
      expect(JSON.stringify([faults, validate(schema, read(`[ \${V} ]`, { V })).faults])).not.toContain(V)
    }),
  )
})

test("100,000 unknown keys are told in good time", () => {
  const text = Array.from({ length: 100_000 }, (_, at) => `key${at}: x`).join("\n")
  expect(validate(gateway, read(text)).faults.length).toBe(100_000)
}, 20_000)
