import { afterAll, beforeAll, expect, test } from "bun:test"
import { renameSync, writeFileSync } from "node:fs"
import { freshly, until } from "./process.fixture.ts"
import { askAsRich, startTwoPlans, type TwoPlans } from "./two-plans.fixture.ts"

let plans: TwoPlans
beforeAll(async () => {
  plans = await startTwoPlans()
})
afterAll(() => plans.stop())

test("a file with faults leaves the plan in force and says where they are; once mended, it is taken up", async () => {
  const before = await plans.revisionInForce()
  const said = plans.gateway.err().length
  writeFileSync(plans.config, plans.textOf("b").replace("key-auth", "kee-auth"))
  await until("the fault is told", () => plans.gateway.err().slice(said).includes(`Plan ${before} stays in force.`))
  const text = plans.gateway.err().slice(said)
  expect(text).toContain(`${plans.config}:10:9 error`)
  expect(text).toContain("did you mean key-auth?")
  expect(await plans.revisionInForce()).toBe(before)
  expect((await askAsRich(plans.gateway.url, freshly)).version).toBe("a")
  writeFileSync(plans.config, plans.textOf("b"))
  await until("the mended file is in force", async () => (await plans.revisionInForce()) !== before)
  expect((await askAsRich(plans.gateway.url, freshly)).version).toBe("b")
})

test("a file that is gone for a moment leaves the plan in force, and SIGHUP says so", async () => {
  const before = await plans.revisionInForce()
  const said = plans.gateway.err().length
  renameSync(plans.config, `${plans.config}.away`)
  plans.gateway.signal("SIGHUP")
  await until("it is told", () => plans.gateway.err().slice(said).includes(`There is no file ${plans.config}.`))
  expect(await plans.revisionInForce()).toBe(before)
  renameSync(`${plans.config}.away`, plans.config)
  plans.gateway.signal("SIGHUP")
  await until("it is told", () => plans.gateway.err().slice(said).includes(`plan ${before} stays in force`))
  expect((await askAsRich(plans.gateway.url, freshly)).version).toBe("b")
})
