import { describe, expect, test } from "bun:test"
import { nginxDifferential } from "./nginx.fixture.ts"
import { nginxMending } from "./nginx.mending.fixture.ts"
import { CAN_RUN } from "./nginx.server.fixture.ts"

const TUPLES = 1000
/** Told when it fails; others are tried with `NGINX_SEED`. */
const SEED = Number(process.env.NGINX_SEED ?? 1)

describe.skipIf(!CAN_RUN)("the judge of nginx", () => {
  test("answers what nginx answers, and for the same reason", async () => {
    const { tuples, agreed, unknown, disagreements } = await nginxDifferential({ tuples: TUPLES, seed: SEED })
    expect({ seed: SEED, disagreements: disagreements.slice(0, 3) }).toEqual({ seed: SEED, disagreements: [] })
    expect(agreed + unknown).toBe(tuples)
    // What it does not know is no way out: the drawn language is almost all modelled.
    expect(unknown).toBeLessThan(tuples / 50)
  }, 120_000)

  test("mends what it refuses: the real server lets in what was told to help", async () => {
    const { applied, failed } = await nginxMending(SEED)
    expect({ seed: SEED, failed }).toEqual({ seed: SEED, failed: [] })
    expect(applied).toBeGreaterThan(5)
  }, 60_000)
})
