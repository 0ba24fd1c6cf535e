import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import { renameSync, writeFileSync } from "node:fs"
import { openStore } from "../src/adapters/sqlite/store.ts"
import { freshly, PATIENCE, until } from "./process.fixture.ts"
import {
  askAsPoor,
  askAsRich,
  askForA,
  startTwoPlans,
  type Told,
  type TwoPlans,
  VERSIONS,
  type Version,
} from "./two-plans.fixture.ts"

setDefaultTimeout(PATIENCE)

const RELOADS = 100
let plans: TwoPlans
beforeAll(async () => {
  plans = await startTwoPlans()
})
afterAll(() => plans[Symbol.asyncDispose]())

/** As editors do it: in place, by a new file under the old name, and in place with a word to the gateway. */
const WAYS: readonly ((text: string) => void)[] = [
  (text) => writeFileSync(plans.config, text),
  (text) => {
    writeFileSync(`${plans.config}.new`, text)
    renameSync(`${plans.config}.new`, plans.config)
  },
  (text) => {
    writeFileSync(plans.config, text)
    plans.gateway.signal("SIGHUP")
  },
]

const kept = (url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> => fetch(url, { headers })

/** Asks without a pause until told to stop; on kept connections and on new ones. */
async function load(isDone: () => boolean, told: Told[]): Promise<void> {
  let hasFailed = false
  const callers = [kept, kept, freshly].flatMap((ask) =>
    [askAsRich, askAsPoor, askForA].map(async (request) => {
      while (!isDone() && !hasFailed) told.push(await request(plans.gateway.url, ask))
    }),
  )
  await Promise.all(callers).catch((error) => {
    hasFailed = true
    throw error
  })
}

async function reloadOften(): Promise<ReadonlyMap<string, Version>> {
  const revisions = new Map<string, Version>([[await plans.revisionInForce(), "a"]])
  for (let n = 1; n <= RELOADS; n++) {
    const next = VERSIONS[n % 2] ?? "a"
    const before = await plans.revisionInForce()
    WAYS[n % WAYS.length]?.(plans.textOf(next))
    await until("the change is in force", async () => (await plans.revisionInForce()) !== before)
    revisions.set(await plans.revisionInForce(), next)
  }
  return revisions
}

test("100 reloads under load drop no request, and none is decided by parts of two plans", async () => {
  let isDone = false
  const told: Told[] = []
  const loading = load(() => isDone, told)
  const reloading = reloadOften().finally(() => {
    isDone = true
  })
  const [revisions] = await Promise.all([reloading, loading])
  expect([...revisions.values()].sort()).toEqual(["a", "b"])
  expect(new Set(told.map(({ version }) => version))).toEqual(new Set(VERSIONS))
  await until("the newest decision is written", () => recordOf(told.at(-1)?.decision ?? "") !== undefined)
  const store = openStore(plans.data, { readonly: true })
  try {
    for (const { version, decision } of told) {
      const record = store.records.find(decision)
      const { revision = "", facts = {} } = record?.frame ?? {}
      expect(`${decision} ${revisions.get(revision)}`).toBe(`${decision} ${version}`)
      const scopes = facts["key.scopes"]
      if (scopes !== undefined) expect(String(scopes)[0]).toBe(version)
    }
  } finally {
    store.close()
  }
  console.log(`reload: ${RELOADS} reloads, ${told.length} requests, none dropped, none mixed`)
})

function recordOf(decision: string) {
  const store = openStore(plans.data, { readonly: true })
  try {
    return store.records.find(decision)
  } finally {
    store.close()
  }
}
