import { expect, test } from "bun:test"
import { httpdDifferential } from "./httpd.fixture.ts"
import { mendedByHttpd } from "./httpd.mending.fixture.ts"
import { CAN_RUN } from "./httpd.server.fixture.ts"

/** The same each time: what new draws find is what `npm run differential` is for, which anyone can wait for and repeat. */
const SEED = 20_261_121

test.skipIf(!CAN_RUN)(
  "the judge of httpd says what a real httpd does, status and cause, for a thousand drawn requests",
  async () => {
    const seed = SEED
    const { agreed, disagreements, seen, tuples, unknown } = await httpdDifferential({ tuples: 1000, seed })
    const told = disagreements.slice(0, 3).map((it) => JSON.stringify(it, null, 2))
    expect(`seed ${seed}: ${told.join("\n")}`).toBe(`seed ${seed}: `)
    expect(agreed).toBe(tuples)
    expect(unknown).toBeLessThan(tuples / 20)
    expect(seen.size).toBeGreaterThan(8)
  },
  120_000,
)

test.skipIf(!CAN_RUN)(
  "what is suggested against a refusal lets the request through, applied to a real httpd",
  async () => {
    const seed = SEED
    const { failures } = await mendedByHttpd({ faults: 12, seed })
    expect(`seed ${seed}: ${failures.join("\n")}`).toBe(`seed ${seed}: `)
  },
  120_000,
)
