import { expect, test } from "bun:test"
import { dirname, join, relative } from "node:path"
import { Glob } from "bun"

const root = join(import.meta.dir, "..")
const src = join(root, "src")

/** The ordered list of layers, from the document that people read. */
async function layers(): Promise<readonly string[]> {
  const text = await Bun.file(join(root, "ARCHITECTURE.md")).text()
  const section = text.split("## Layers")[1]?.split("\n## ")[0] ?? ""
  return [...section.matchAll(/^\| `([a-z]+)\/` \|/gm)].map(([, name]) => name ?? "")
}

function importsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, path]) => path ?? "")
}

test("every folder of src is a layer and every layer is a folder", async () => {
  const folders = new Set([...new Glob("*/**/*.ts").scanSync(src)].map((file) => file.split("/")[0] ?? ""))
  expect([...folders].sort()).toEqual([...(await layers())].sort())
})

test("a file imports only from its own layer or from an earlier one", async () => {
  const order = await layers()
  const wrong: string[] = []
  for (const file of new Glob("**/*.ts").scanSync(src)) {
    const from = order.indexOf(file.split("/")[0] ?? "")
    for (const path of importsOf(await Bun.file(join(src, file)).text())) {
      const target = relative(src, join(src, dirname(file), path))
      const to = order.indexOf(target.split("/")[0] ?? "")
      if (to > from) wrong.push(`${file} imports ${target}`)
    }
  }
  expect(wrong).toEqual([])
})

test("the decision core imports nothing from outside itself", async () => {
  const wrong: string[] = []
  for (const file of new Glob("*.ts").scanSync(join(src, "decision"))) {
    if (file.includes(".test") || file.includes(".fixture")) continue
    const text = await Bun.file(join(src, "decision", file)).text()
    for (const [, path] of text.matchAll(/from "([^"]+)"/g))
      if (!path?.startsWith("./")) wrong.push(`${file} imports ${path}`)
  }
  expect(wrong).toEqual([])
})
