import { expect, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { openStore } from "../src/adapters/sqlite/store.ts"
import { freshly, type GatewayProcess, startPinpoint, startUpstream, temporaryDirectory } from "./process.fixture.ts"

const ROUNDS = 20
/** Milliseconds within which a decision may be lost. */
const AT_RISK = 100

interface Acknowledged {
  readonly keys: Map<string, string>
  readonly refusals: { readonly decision: string; readonly at: number }[]
}

const configFor = (upstream: string): string => `listen: 127.0.0.1:0
management: 127.0.0.1:0
services:
  orders: { upstream: "${upstream}", routes: [{ path: /orders/* }], policies: [{ key-auth: {} }] }
`

/** Asks again and again until the process is gone, which is no failure here. */
async function repeat(gateway: GatewayProcess, ask: () => Promise<void>): Promise<void> {
  let isGone = false
  gateway.exited.then(() => {
    isGone = true
  })
  while (!isGone) {
    try {
      await ask()
    } catch (error) {
      if (error instanceof TypeError || (error instanceof Error && "code" in error)) return
      throw error
    }
  }
}

const CREATED = z.object({ secret: z.string() })

async function makeKey(gateway: GatewayProcess, name: string, keys: Map<string, string>): Promise<void> {
  const answer = await gateway.manage("/keys", { method: "POST", body: JSON.stringify({ name }) })
  expect(answer.status).toBe(201)
  keys.set(name, CREATED.parse(await answer.json()).secret)
}

async function beRefused(gateway: GatewayProcess, refusals: Acknowledged["refusals"]): Promise<void> {
  const answer = await fetch(`${gateway.url}/orders/1`)
  expect(answer.status).toBe(401)
  refusals.push({ decision: answer.headers.get("pinpoint-decision") ?? "", at: performance.now() })
  await answer.arrayBuffer()
}

/** Writes until it is killed at a moment nobody chose; answers when that was. */
async function writeAndDie(gateway: GatewayProcess, round: number, { keys, refusals }: Acknowledged): Promise<number> {
  let n = 0
  const writers = [
    repeat(gateway, () => makeKey(gateway, `key-${round}-${n++}`, keys)),
    repeat(gateway, () => beRefused(gateway, refusals)),
    repeat(gateway, () => beRefused(gateway, refusals)),
  ]
  await Bun.sleep(100 + Math.random() * 150)
  const killed = performance.now()
  gateway.signal("SIGKILL")
  await gateway.exited
  await Promise.all(writers)
  return killed
}

test("a gateway killed 20 times while it writes loses no key that was acknowledged and no refusal older than 100 ms", async () => {
  const upstream = startUpstream("orders")
  const directory = temporaryDirectory()
  const config = join(directory.path, "pinpoint.yaml")
  const data = join(directory.path, "data")
  writeFileSync(config, configFor(upstream.url))
  const keys = new Map<string, string>()
  let token = ""
  let refused = 0
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const gateway = await startPinpoint(["--config", config, "--data", data], {}, token)
      token = gateway.token
      for (const secret of [...keys.values()].slice(-20))
        expect((await freshly(`${gateway.url}/orders/1`, { "x-api-key": secret })).status).toBe(200)
      const refusals: Acknowledged["refusals"] = []
      const killed = await writeAndDie(gateway, round, { keys, refusals })
      const store = openStore(data)
      try {
        const kept = new Set(store.keys.list().map((it) => it.name))
        expect([...keys.keys()].filter((name) => !kept.has(name))).toEqual([])
        const settled = refusals.filter(({ at }) => at < killed - AT_RISK)
        expect(settled.filter(({ decision }) => store.records.find(decision) === undefined)).toEqual([])
        refused += settled.length
      } finally {
        store.close()
      }
    }
    const store = openStore(data)
    expect([...keys].filter(([name, secret]) => store.keys.find(secret)?.name !== name)).toEqual([])
    store.close()
    expect(keys.size).toBeGreaterThan(ROUNDS)
    expect(refused).toBeGreaterThan(ROUNDS)
    console.log(`crash: ${ROUNDS} kills, ${keys.size} keys and ${refused} refusals acknowledged in time, none lost`)
  } finally {
    await upstream.stop()
    directory.remove()
  }
}, 120_000)
