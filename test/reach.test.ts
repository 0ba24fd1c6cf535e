import { expect, test } from "bun:test"
import { replayed } from "../src/management/replayed.ts"
import { EXAMPLE_ENV, exampleWith, startTestGateway } from "./gateway.fixture.ts"

/** The example, with a third key that may read as alice may. */
const config = exampleWith("http://127.0.0.1:9").replace(
  "models:",
  "  - { name: carol, key: carol-0123456789abcdef, scopes: [orders:read] }\nmodels:",
)

test("a mend tells whom else it would let in: a grant to one key nobody, a looser rule every key that lacked the scope", async () => {
  const gateway = startTestGateway(config, EXAMPLE_ENV)
  try {
    gateway.store.keys.create({ name: "dave", scopes: [] })
    const answer = await fetch(`${gateway.url}/orders/1`, {
      method: "POST",
      headers: { "x-api-key": EXAMPLE_ENV.ALICE_KEY },
    })
    gateway.store.records.flush()
    const { explanation } = replayed(gateway.store, answer.headers.get("pinpoint-decision") ?? "", "operator")
    const told = explanation?.mends.map(({ changes: [change], reach }) => ({ to: change.to, admits: reach?.admits }))
    expect(told).toEqual([
      { to: ["orders:read", "orders:write"], admits: [] },
      { to: [], admits: ["carol POST /orders/*", "dave POST /orders/*"] },
    ])
    expect(explanation?.mends[0]?.reach?.asked).toBeGreaterThan(10)
  } finally {
    await gateway.stop()
  }
})

test("what a caller can do alone lets in nobody else, and callers are not told of others", async () => {
  const gateway = startTestGateway(config, EXAMPLE_ENV)
  try {
    const answer = await fetch(`${gateway.url}/ordrs/1`, { headers: { "x-api-key": EXAMPLE_ENV.BOB_KEY } })
    gateway.store.records.flush()
    const id = answer.headers.get("pinpoint-decision") ?? ""
    expect(replayed(gateway.store, id, "operator").explanation?.mends[0]).toMatchObject({
      changes: [{ fact: "request.path", to: "/orders/1" }],
      reach: { admits: [] },
    })
    for (const audience of ["owner", "anonymous"] as const)
      expect(JSON.stringify(replayed(gateway.store, id, audience).explanation)).not.toContain("reach")
  } finally {
    await gateway.stop()
  }
})
