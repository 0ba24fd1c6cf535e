import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { accountOf, PERIODS, periodEnd, periodName } from "./ledger.ts"

const moment = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2100, 0) })
const period = fc.constantFrom(...PERIODS)

describe("periods", () => {
  test("one ends exactly where the next begins, by the calendar of UTC", () => {
    fc.assert(
      fc.property(period, moment, (it, now) => {
        const end = periodEnd(it, now)
        expect(end).toBeGreaterThan(now)
        expect(periodName(it, end - 1)).toBe(periodName(it, now))
        expect(periodName(it, end) > periodName(it, now)).toBe(true)
      }),
    )
  })

  test.each([
    ["day", Date.UTC(2026, 11, 31, 23), "2026-12-31", Date.UTC(2027, 0, 1)],
    ["month", Date.UTC(2026, 11, 31, 23), "2026-12", Date.UTC(2027, 0, 1)],
    ["month", Date.UTC(2028, 1, 29), "2028-02", Date.UTC(2028, 2, 1)],
  ] as const)("the %s of %d is %s", (it, now, name, end) => {
    expect([periodName(it, now), periodEnd(it, now)]).toEqual([name, end])
  })

  test("accounts of a month before sort before the month, and its days after it", () => {
    fc.assert(
      fc.property(moment, moment, period, (a, b, it) => {
        const account = accountOf("key alice", it, a)
        expect(account < periodName("month", b)).toBe(periodName("month", a) < periodName("month", b))
      }),
    )
  })
})
