import { expect, setDefaultTimeout, test } from "bun:test"
import { join } from "node:path"
import { inShell, PATIENCE } from "./process.fixture.ts"

setDefaultTimeout(PATIENCE)

const ROOT = join(import.meta.dir, "..")
const BLOCK = /^```console\n\$ (.+)\n([\s\S]*?)^```$/gm

/** Places in this checkout are told from its root. */
const stable = (text: string): string => text.replaceAll(`${ROOT}/`, "")

for (const page of ["docs/diagnosis/guide.md", "README.md"]) {
  const path = join(ROOT, page)
  // `UPDATE=1 bun test test/guide.test.ts` writes what the commands print into the pages.
  if (process.env.UPDATE === "1") {
    let updated = await Bun.file(path).text()
    for (const [block, command = ""] of updated.matchAll(BLOCK)) {
      const { out } = await inShell(command)
      updated = updated.replace(block, () => `\`\`\`console\n$ ${command}\n${stable(out)}\`\`\``)
    }
    await Bun.write(path, updated)
  }
  const blocks = [...(await Bun.file(path).text()).matchAll(BLOCK)]

  test(`${page} shows commands and what they print`, () => {
    expect(blocks.length).toBeGreaterThan(0)
  })

  for (const [, command = "", shown] of blocks)
    test(`${page} shows what this prints: ${command}`, async () => {
      const { out, err, code } = await inShell(command)
      expect({ err, code }).toEqual({ err: "", code: 0 })
      expect(stable(out)).toBe(shown ?? "")
    })
}
