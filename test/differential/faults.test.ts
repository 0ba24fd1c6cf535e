import { describe, expect, test } from "bun:test"
import { faultInjection } from "./faults.fixture.ts"
import { CAN_RUN as CAN_RUN_HTTPD } from "./httpd.server.fixture.ts"
import { CAN_RUN as CAN_RUN_NGINX } from "./nginx.server.fixture.ts"

const FAULTS = 60
/** Told when it fails; others are tried with `FAULTS_SEED`. */
const SEED = Number(process.env.FAULTS_SEED ?? 1)

describe.skipIf(!CAN_RUN_HTTPD || !CAN_RUN_NGINX)("a fault planted in a working site", () => {
  test("is named, and mended on the real server by what is proposed first, with nothing else opened", async () => {
    const { planted, right, wrong, kinds } = await faultInjection({ faults: FAULTS, seed: SEED })
    expect({ seed: SEED, wrong: wrong.slice(0, 2) }).toEqual({ seed: SEED, wrong: [] })
    expect([planted, right]).toEqual([FAULTS, FAULTS])
    expect(kinds.size).toBeGreaterThan(30)
    const least = Array.from(kinds.values()).reduce((sum, it) => sum + it.least, 0)
    // The rest: an index that is there is named, and opens more than one that would have to be written.
    expect(least).toBeGreaterThan(FAULTS * 0.75)
  }, 240_000)
})
