import { expect, test } from "bun:test"
import { join } from "node:path"
import { Glob } from "bun"
import { FOREIGN_CAUSES } from "../../src/foreign/catalogue.gen.ts"

const src = join(import.meta.dir, "../../src")

test("what a judge of another server refuses with 403 has a file among the causes, or its verdict would be lost", async () => {
  const codes = new Set<string>(FOREIGN_CAUSES.map((it) => it.code))
  const lost: string[] = []
  for (const file of new Glob("servers/**/causes.ts").scanSync(src)) {
    for (const it of Object.values(await import(join(src, file))))
      if (typeof it === "object" && it !== null && "status" in it && "code" in it && it.status === 403)
        if (typeof it.code !== "string" || !codes.has(it.code)) lost.push(`${file}: ${String(it.code)}`)
  }
  expect(lost).toEqual([])
})
