import { expect, test } from "bun:test"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { applyText } from "../servers/apply-text.ts"
import type { Patch } from "../servers/patch.ts"
import { unifiedDiff } from "./unified-diff.ts"

type TextPatch = Extract<Patch, { kind: "text" }>

/** A stretch of a text replaced, told by line and column. */
function replaced(text: string, from: number, to: number, insert: string): TextPatch {
  const line = text.slice(0, from).split("\n").length
  const column = from - text.slice(0, from).lastIndexOf("\n")
  return { kind: "text", file: "f", line, column, remove: text.slice(from, to), insert }
}

/** A text and changes of it that do not meet. */
const changed = fc
  .tuple(
    fc.array(fc.constantFrom("a;", "  b {", "}", "", "\tc d;"), { maxLength: 40 }),
    fc.boolean(),
    fc.array(fc.tuple(fc.nat(400), fc.nat(12), fc.constantFrom("", "x", "y\n  z", "\n")), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([lines, ends, stretches]) => {
    const text = `${lines.join("\n")}${ends ? "\n" : ""}`
    const patches: TextPatch[] = []
    let at = 0
    for (const [skip, length, insert] of stretches) {
      const from = at + (skip % (text.length - at + 1))
      const to = Math.min(text.length, from + length)
      if (from < at || (to === from && insert === "")) break
      patches.push(replaced(text, from, to, insert))
      at = to + 1
      if (at > text.length) break
    }
    const after = patches.toReversed().reduce<string>((done, it) => applyText(done, it) ?? done, text)
    return { text, patches, after }
  })

/** What `patch` makes of a text; throws where it refuses. */
function patched(folder: string, text: string, diff: readonly string[]): string {
  const path = join(folder, "f")
  writeFileSync(path, text)
  const { stderr, stdout, success } = Bun.spawnSync(["patch", "-u", path], {
    stdin: Buffer.from(`${diff.join("\n")}\n`),
  })
  if (!success) throw new Error(`${stdout}${stderr}`)
  return readFileSync(path, "utf8")
}

test.skipIf(Bun.which("patch") === null)(
  "patch makes of the text what the changes do",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "pinpoint-diff-"))
    try {
      fc.assert(
        fc.property(changed, ({ after, patches, text }) => {
          fc.pre(after !== text && text.endsWith("\n") === after.endsWith("\n") && text !== "" && after !== "")
          const diff = unifiedDiff(text, "f", patches)
          expect(patched(folder, text, diff ?? [])).toBe(after)
        }),
        { numRuns: 150 },
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
  60_000,
)

test("of changes that meet the first is made, and none where a text is another", () => {
  const text = "one two\nthree\n"
  const both = [replaced(text, 0, 3, "1"), replaced(text, 2, 6, "x")]
  expect(unifiedDiff(text, "f", both)).toEqual(["--- f", "+++ f", "@@ -1,2 +1,2 @@", "-one two", "+1 two", " three"])
  expect(unifiedDiff("other\n", "f", both)).toBeUndefined()
})
