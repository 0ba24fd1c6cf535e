import { describe, expect, test } from "bun:test"
import { nginxDifferential } from "./nginx.fixture.ts"
import { CAN_RUN } from "./nginx.server.fixture.ts"

const TUPLES = 1000
/** Another for each run, and told when it fails, so that more is seen with time. */
const SEED = Number(process.env["NGINX_SEED"] ?? Date.now() % 1_000_000_000)

describe.skipIf(!CAN_RUN)("the judge of nginx", () => {
  test("answers what nginx answers, and for the same reason", async () => {
    const { tuples, agreed, unknown, disagreements } = await nginxDifferential({ tuples: TUPLES, seed: SEED })
    expect({ seed: SEED, disagreements: disagreements.slice(0, 3) }).toEqual({ seed: SEED, disagreements: [] })
    expect(agreed + unknown).toBe(tuples)
    // What it does not know is no way out: the drawn language is almost all modelled.
    expect(unknown).toBeLessThan(tuples / 50)
  }, 120_000)
})
