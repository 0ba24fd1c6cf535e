import { expect, setDefaultTimeout, test } from "bun:test"
import { renameSync, writeFileSync } from "node:fs"
import { freshly, PATIENCE, until } from "./process.fixture.ts"
import { askAsRich, startTwoPlans } from "./two-plans.fixture.ts"

setDefaultTimeout(PATIENCE)

test("a file with faults leaves the plan in force and says where they are; once mended, it is taken up", async () => {
  await using plans = await startTwoPlans()
  const before = await plans.revisionInForce()
  writeFileSync(plans.config, plans.textOf("b").replace("key-auth", "kee-auth"))
  await until("the fault is told", () => plans.gateway.err().includes(`Plan ${before} stays in force.`))
  expect(plans.gateway.err()).toContain(`${plans.config}:10:9 error`)
  expect(plans.gateway.err()).toContain("did you mean key-auth?")
  expect(await plans.revisionInForce()).toBe(before)
  expect((await askAsRich(plans.gateway.url, freshly)).version).toBe("a")
  writeFileSync(plans.config, plans.textOf("b"))
  await until("the mended file is in force", async () => (await plans.revisionInForce()) !== before)
  expect((await askAsRich(plans.gateway.url, freshly)).version).toBe("b")
})

test("a file that is gone for a moment leaves the plan in force, and SIGHUP says so", async () => {
  await using plans = await startTwoPlans()
  const before = await plans.revisionInForce()
  renameSync(plans.config, `${plans.config}.away`)
  plans.gateway.signal("SIGHUP")
  await until("it is told", () => plans.gateway.err().includes(`There is no file ${plans.config}.`))
  expect(await plans.revisionInForce()).toBe(before)
  renameSync(`${plans.config}.away`, plans.config)
  plans.gateway.signal("SIGHUP")
  await until("it is told", () => plans.gateway.err().includes(`plan ${before} stays in force`))
  expect((await askAsRich(plans.gateway.url, freshly)).version).toBe("a")
})
