import { expect, setDefaultTimeout, test } from "bun:test"
import { join } from "node:path"
import { Glob } from "bun"
import { loadConfig } from "../src/config/load.ts"
import { POLICIES } from "../src/policies/registry.ts"
import { printFaults } from "../src/text/fault.ts"
import { CASE_ENV } from "./cases/live.fixture.ts"
import { placeholders } from "./placeholders.fixture.ts"
import { PATIENCE } from "./process.fixture.ts"

setDefaultTimeout(PATIENCE)

const root = join(import.meta.dir, "..")

/** Everything there is to say of a configuration, warnings too; empty for a sound one. */
function saidOf(text: string, file: string): string {
  const { faults } = loadConfig(text, file, { ...placeholders(text), ...CASE_ENV })
  return faults.length === 0 ? "" : printFaults(faults, text, { color: false })
}

test("every policy has an example of its name, and every example has a policy", () => {
  const examples = [...new Glob("*/example.yaml").scanSync(join(root, "src/policies"))].map((it) => it.split("/")[0])
  expect(examples.sort()).toEqual(POLICIES.map((it) => it.name).sort())
})

for (const { name } of POLICIES)
  test(`the example of ${name} uses it, and nothing is to be said against it`, async () => {
    const text = await Bun.file(join(root, "src/policies", name, "example.yaml")).text()
    expect(text).toContain(`- ${name}: `)
    expect(saidOf(text, `${name}.yaml`)).toBe("")
  })

test("every configuration that the documentation shows is sound", async () => {
  let shown = 0
  for (const file of new Glob("**/*.md").scanSync(join(root, "docs"))) {
    const page = await Bun.file(join(root, "docs", file)).text()
    for (const [, text = ""] of page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)) {
      shown++
      expect(saidOf(text, file)).toBe("")
    }
  }
  expect(shown).toBeGreaterThan(POLICIES.length)
})
