import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import { costOf, ESTIMATE, NOW, SHARED, type Spending } from "./spender.fixture.ts"
import { openStore } from "./store.ts"
import { inDirectory } from "./temporary.fixture.ts"

const FIXTURE = join(import.meta.dir, "spender.fixture.ts")
const KILLS = 20
const NEVER = Number.MAX_SAFE_INTEGER
const PATIENCE_MS = 180_000

describe("many who spend at once", () => {
  test(
    "100 calls at the boundary of a limit get exactly what the limit allows, over threads and processes",
    () =>
      inDirectory(async (directory) => {
        // 60 are allowed, and 999 of the next one's 1000.
        const job = { directory, calls: 20, limit: 60 * ESTIMATE + 999, releaseEvery: NEVER }
        const threads = ["a", "b", "c"].map((name) => inThread({ ...job, name }))
        const processes = ["d", "e"].map((name) => inProcess({ ...job, name }))
        const kept = await Promise.all([...threads, ...processes])
        expect(kept.reduce((sum, it) => sum + it)).toBe(60)
        const store = openStore(directory)
        expect(store.ledger.open()).toHaveLength(60)
        const [standing] = store.ledger.peek([{ account: SHARED, limit: null }], ESTIMATE).standings
        expect(Number(standing?.reserved)).toBe(61 * ESTIMATE)
        store.close()
      }),
    PATIENCE_MS,
  )

  test(
    "when calls are given back meanwhile, none is lost and none is made",
    () =>
      inDirectory(async (directory) => {
        const job = { directory, calls: 150, limit: 100 * ESTIMATE, releaseEvery: 3 }
        const threads = ["a", "b"].map((name) => inThread({ ...job, name }))
        const processes = ["c", "d"].map((name) => inProcess({ ...job, name }))
        const kept = (await Promise.all([...threads, ...processes])).reduce((sum, it) => sum + it)
        expect(kept).toBeGreaterThan(90)
        expect(kept).toBeLessThanOrEqual(100)
        const store = openStore(directory)
        expect(store.ledger.open()).toHaveLength(kept)
        store.close()
      }),
    PATIENCE_MS,
  )
})

test(
  "killed between reservation and settlement, no money is lost: what is under way is kept, and settled at its estimate at the next start",
  () =>
    inDirectory(async (directory) => {
      let expected = 0
      let leftBehind = 0
      for (let kill = 0; kill < KILLS; kill++) {
        const said = await killedWhileSpending(directory)
        const store = openStore(directory)
        const before = store.ledger.open().map((it) => it.call)
        const abandoned = store.ledger.settleAbandoned(NOW - 1)
        expect(abandoned.map((it) => it.call)).toEqual(before)
        expect(store.ledger.open()).toEqual([])
        const atEstimate = new Set(before)
        const settled = said("settled")
        // A call may have been settled and its death have come before it could say so.
        const unsaid = said("reserved").filter((it) => !settled.includes(it) && !atEstimate.has(it))
        expect(unsaid.length).toBeLessThanOrEqual(1)
        for (const it of [...settled, ...unsaid]) expected += costOf(Number(it.split(" ")[1]))
        expected += atEstimate.size * ESTIMATE
        leftBehind += atEstimate.size
        expect(Number(store.ledger.spent(SHARED))).toBe(expected)
        store.close()
      }
      expect(leftBehind).toBeGreaterThanOrEqual(2 * KILLS)
    }),
  PATIENCE_MS,
)

test("calls of a process that runs are left alone, and those of one that was killed are not", () =>
  inDirectory(async (directory) => {
    const store = openStore(directory)
    store.ledger.reserve("mine", [{ account: SHARED, limit: null }], ESTIMATE, NOW)
    await killedWhileSpending(directory)
    const abandoned = store.ledger.settleAbandoned(NOW - 1).map((it) => it.call)
    expect(abandoned.length).toBeGreaterThan(0)
    expect(abandoned).not.toContain("mine")
    expect(store.ledger.open().map((it) => it.call)).toEqual(["mine"])
    store.close()
  }))

/** What the child said before it was killed: the calls it said a word of. */
async function killedWhileSpending(directory: string): Promise<(word: string) => readonly string[]> {
  const child = Bun.spawn([process.execPath, FIXTURE, directory], { stdout: "pipe" })
  let text = ""
  const decoder = new TextDecoder()
  for await (const chunk of child.stdout) {
    if (text === "") setTimeout(() => child.kill("SIGKILL"), 10 + Math.random() * 100)
    text += decoder.decode(chunk, { stream: true })
  }
  await child.exited
  const lines = text.slice(0, text.lastIndexOf("\n")).split("\n")
  return (word) => lines.filter((it) => it.startsWith(`${word} `)).map((it) => it.slice(word.length + 1))
}

function inThread(job: Spending): Promise<number> {
  const worker = new Worker(FIXTURE)
  return new Promise<number>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<number>) => resolve(data)
    worker.onerror = (event) => reject(new Error(event.message))
    worker.postMessage(job)
  }).finally(() => worker.terminate())
}

async function inProcess({ directory, name, calls, limit, releaseEvery }: Spending): Promise<number> {
  const command = [process.execPath, FIXTURE, directory, name, calls, limit, releaseEvery].map(String)
  const child = Bun.spawn(command, { stdout: "pipe" })
  const said = await new Response(child.stdout).text()
  expect(await child.exited).toBe(0)
  return Number(said)
}
