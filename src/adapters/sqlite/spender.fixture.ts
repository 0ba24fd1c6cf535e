import { writeSync } from "node:fs"
import { accountOf, type Line } from "../../ports/ledger.ts"
import { nanoUsd } from "../../ports/money.ts"
import { openStore } from "./store.ts"

export const NOW = Date.UTC(2026, 10, 21, 12)
export const SHARED = accountOf("team search", "day", NOW)
export const ESTIMATE = nanoUsd(1_000)

/** What a call of `spendForever` costs in the end: less than its estimate, the same, or more. */
export const costOf = (n: number) => nanoUsd(500 + ((n * 37) % 1_000))

/** What one thread or process is to do. */
export interface Spending {
  readonly directory: string
  /** Of its own among all. */
  readonly name: string
  readonly calls: number
  readonly limit: number
  /** Of so many calls that were held, one is given back. */
  readonly releaseEvery: number
}

/** Calls that were held and not given back. */
function spend({ directory, name, calls, limit, releaseEvery }: Spending): number {
  const store = openStore(directory)
  const own: Line = { account: accountOf(`key ${name}`, "day", NOW), limit: null }
  const lines: readonly Line[] = [own, { account: SHARED, limit: nanoUsd(limit) }]
  let held = 0
  let kept = 0
  for (let i = 0; i < calls; i++) {
    const call = `${name} ${i}`
    if (!store.ledger.reserve(call, lines, ESTIMATE, NOW).held) continue
    if (++held % releaseEvery === 0) store.ledger.release(call)
    else kept++
  }
  store.close()
  return kept
}

/** Keeps a few calls under way until it is killed, and says what was done once it is: `reserved 7`, `settled 7`. */
function spendForever(directory: string): void {
  const { ledger } = openStore(directory)
  const run = crypto.randomUUID()
  const say = (line: string): void => {
    writeSync(1, `${line}\n`)
  }
  for (let n = 0; ; n++) {
    ledger.reserve(`${run} ${n}`, [{ account: SHARED, limit: null }], ESTIMATE, NOW)
    say(`reserved ${run} ${n}`)
    if (n < 3) continue
    ledger.settle(`${run} ${n - 3}`, costOf(n - 3))
    say(`settled ${run} ${n - 3}`)
  }
}

declare const self: Worker

if (!Bun.isMainThread) self.onmessage = ({ data }: MessageEvent<Spending>) => self.postMessage(spend(data))
else if (import.meta.main) {
  const [, , directory = "", name, calls, limit, releaseEvery] = process.argv
  if (name === undefined) spendForever(directory)
  else
    console.log(
      spend({ directory, name, calls: Number(calls), limit: Number(limit), releaseEvery: Number(releaseEvery) }),
    )
}
