import { expect, test } from "bun:test"
import fc from "fast-check"
import { bashCommand } from "./bash.ts"

/** What bash itself makes of words: none of them is run, each is printed. */
function asBashReads(words: string): readonly string[] {
  const { stdout } = Bun.spawnSync(["bash", "--norc", "-c", `LC_ALL=C.UTF-8; printf '%s\\0' x ${words}`])
  return stdout.toString().split("\0").slice(1, -1)
}

const inner = fc.string({ unit: fc.constantFrom(...'abc 01\\"^&;|<>(){}[]!=:/,.#\té'), maxLength: 8 })
const escapes = fc.constantFrom(
  "\\n",
  "\\t",
  "\\x41",
  "\\u00e9",
  "\\u21",
  "\\'",
  '\\"',
  "\\\\",
  "\\101",
  "\\e",
  "\\cA",
  "\\a",
  "\\?",
  "\\q",
  "\\U0001F600",
)

const piece = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."abcXYZ019-_=:/.,%@+"), minLength: 1, maxLength: 6 }),
  inner.map((it) => `'${it}'`),
  inner.map((it) => `"${it.replaceAll(/[\\"]/g, "\\$&")}"`),
  inner.filter((it) => !it.includes('"') && !it.endsWith("\\")).map((it) => `"${it}"`),
  fc
    .array(fc.oneof(escapes, fc.constantFrom("a", " ", '"', "$x", "&")), { maxLength: 5 })
    .map((it) => `$'${it.join("")}'`),
  fc.constantFrom("\\ ", "\\'", '\\"', "\\&", "\\a", "\\\\", '"a\\\nb"', "\\\n"),
)
const word = fc.array(piece, { minLength: 1, maxLength: 4 }).map((it) => it.join(""))
const line = fc.array(word, { minLength: 1, maxLength: 5 }).map((it) => it.join(" \\\n  "))

test("words are what bash makes of them", () => {
  fc.assert(
    fc.property(line, (text) => {
      const words = bashCommand(`x ${text}`).words.map(({ value }) => value)
      expect(words.slice(1)).toEqual([...asBashReads(text)])
    }),
    { numRuns: 400 },
  )
})

test("a command ends where the shell ends it, and a redirection is none of its words", () => {
  const words = (text: string): readonly string[] => bashCommand(text).words.map(({ value }) => value)
  expect(words("curl a 2>&1 b | jq .")).toEqual(["curl", "a", "b"])
  expect(words("curl a >out.txt -v # why\nnext")).toEqual(["curl", "a", "-v"])
  expect(words("curl http://a/?x=1&y=2")).toEqual(["curl", "http://a/?x=1"])
  expect(words("curl -d @- a <<'EOF'\n{}\nEOF")).toEqual(["curl", "-d", "@-", "a"])
})

test("every word stands where it says", () => {
  fc.assert(
    fc.property(line, (text) => {
      for (const { start, end, value } of bashCommand(text).words)
        expect(bashCommand(text.slice(start, end)).words.map((it) => it.value)).toEqual([value])
    }),
  )
})
