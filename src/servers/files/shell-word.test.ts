import { expect, test } from "bun:test"
import fc from "fast-check"
import { visible } from "../../text/excerpt.ts"
import { shellWord } from "./shell-word.ts"

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom("'", "\\", "$", "`", "\n", "\r", "\u001b", "\u0080", "\u202e", " ", "-", "é", "8"),
      fc.string(),
    ),
  )
  .map((it) => it.join("").replaceAll("\0", ""))
  .filter((it) => it.isWellFormed() && it !== "")

test("a shell reads a word back letter by letter, but for what could be an option", async () => {
  const words = fc.sample(hostile, 300)
  // bash stands for shells with `$'…'`, which POSIX has only since 2024.
  const script = words.map((it) => `printf '%s\\0' ${shellWord(it)}`).join("\n")
  const read = await Bun.$`bash -c ${script}`.env({ ...process.env, LC_ALL: "C.UTF-8" }).text()
  expect(read.split("\0").slice(0, -1)).toEqual(words.map((it) => (it.startsWith("-") ? `./${it}` : it)))
})

test("a word shows nothing to a terminal that it could act on", () => {
  fc.assert(fc.property(hostile, (it) => expect(visible(shellWord(it))).toBe(shellWord(it))))
})

test("plain paths are left as they are", () => {
  expect(shellWord("/var/www/a-b_c.html")).toBe("/var/www/a-b_c.html")
  expect(shellWord("")).toBe("''")
})
