import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import fc from "fast-check"
import { LedgerModel, ledgerSteps } from "./ledger.fixture.ts"
import { accountOf, type Ledger } from "./ledger.ts"
import { nanoUsd } from "./money.ts"
import type { Opened } from "./opened.suite.ts"

const NOW = Date.UTC(2026, 10, 21, 12)
/** Each run of the property opens a ledger of its own. */
const PATIENCE_MS = 120_000

const key = accountOf("key alice", "day", NOW)
const team = accountOf("team search", "month", NOW)
const line = (account: typeof key, limit: number | null) => ({ account, limit: limit === null ? null : nanoUsd(limit) })

/** What every ledger does. `open` makes an empty one. */
export function ledgerSuite(name: string, open: () => Opened<Ledger>): void {
  describe(`${name} as a ledger`, () => {
    let opened: Opened<Ledger>
    let ledger: Ledger
    beforeEach(() => {
      opened = open()
      ledger = opened.subject
    })
    afterEach(() => opened.close())
    const reserve = (call: string, limit: number | null, estimate: number) =>
      ledger.reserve(call, [line(key, limit)], nanoUsd(estimate), NOW)
    const spent = (account = key): number => ledger.spent(account)

    test("a call is reserved up to the limit, and not beyond it by a billionth of a dollar", () => {
      expect(reserve("a", 100, 60).held).toBe(true)
      expect(reserve("b", 100, 41)).toEqual({
        held: false,
        standings: [{ account: key, spent: nanoUsd(0), reserved: nanoUsd(101) }],
      })
      expect(reserve("c", 100, 40).held).toBe(true)
      expect(reserve("d", 100, 1).held).toBe(false)
      expect(reserve("e", 100, 0).held).toBe(true)
    })

    test("what a call cost takes the place of its estimate", () => {
      reserve("a", 100, 60)
      expect(spent()).toBe(0)
      expect(ledger.settle("a", nanoUsd(25))).toBe(true)
      expect(spent()).toBe(25)
      expect(reserve("b", 100, 75).held).toBe(true)
    })

    test("a call that cost more than its estimate is counted in full, and leaves nothing for the next", () => {
      reserve("a", 100, 60)
      ledger.settle("a", nanoUsd(130))
      expect(spent()).toBe(130)
      expect(reserve("b", 100, 0).held).toBe(false)
    })

    test("a call is taken on every account or on none", () => {
      const lines = [line(key, 100), line(team, 50)]
      expect(ledger.reserve("a", lines, nanoUsd(60), NOW)).toEqual({
        held: false,
        standings: [
          { account: key, spent: nanoUsd(0), reserved: nanoUsd(60) },
          { account: team, spent: nanoUsd(0), reserved: nanoUsd(60) },
        ],
      })
      expect(ledger.open()).toEqual([])
      expect(ledger.reserve("b", lines, nanoUsd(50), NOW).held).toBe(true)
      ledger.settle("b", nanoUsd(7))
      expect([spent(key), spent(team)]).toEqual([7, 7])
    })

    test("an account without a limit is counted all the same", () => {
      expect(reserve("a", null, 1_000_000_000_000).held).toBe(true)
      ledger.settle("a", nanoUsd(5))
      expect(spent()).toBe(5)
    })

    test("what is given back can be spent again, and was never spent", () => {
      reserve("a", 100, 100)
      expect(ledger.release("a")).toBe(true)
      expect(spent()).toBe(0)
      expect(reserve("b", 100, 100).held).toBe(true)
    })

    test("a call is settled once", () => {
      reserve("a", 100, 10)
      expect(ledger.settle("a", nanoUsd(5))).toBe(true)
      expect(ledger.settle("a", nanoUsd(5))).toBe(false)
      expect(ledger.release("a")).toBe(false)
      expect(ledger.settle("nobody's", nanoUsd(5))).toBe(false)
      expect(spent()).toBe(5)
    })

    test("two calls cannot have one name", () => {
      reserve("a", 100, 10)
      expect(() => reserve("a", 100, 10)).toThrow()
      ledger.release("a")
      expect(reserve("b", 100, 100).held).toBe(true)
    })

    test("peeking takes nothing", () => {
      reserve("a", 100, 60)
      const peek = (estimate: number) => ledger.peek([line(key, 100)], nanoUsd(estimate))
      expect(peek(40)).toEqual({ held: true, standings: [{ account: key, spent: nanoUsd(0), reserved: nanoUsd(100) }] })
      expect(peek(40)).toEqual(peek(40))
      expect(peek(41).held).toBe(false)
    })

    test("a call that is left behind is settled at its estimate, can be seen, and is put right when it ends after all", () => {
      ledger.reserve("old", [line(key, 100), line(team, null)], nanoUsd(60), NOW)
      ledger.reserve("new", [line(key, 100)], nanoUsd(10), NOW + 10)
      expect(ledger.settleAbandoned(NOW)).toEqual([])
      const old = { call: "old", estimate: nanoUsd(60), accounts: [key, team], madeAt: NOW }
      expect(ledger.settleAbandoned(NOW + 10)).toEqual([old])
      expect(ledger.settledByEstimate()).toEqual([old])
      expect(ledger.open().map((it) => it.call)).toEqual(["new"])
      expect([spent(key), spent(team)]).toEqual([60, 60])
      expect(reserve("b", 100, 31).held).toBe(false)
      expect(ledger.settle("old", nanoUsd(20))).toBe(true)
      expect([spent(key), spent(team)]).toEqual([20, 20])
      expect(ledger.settledByEstimate()).toEqual([])
    })

    test("calls under way are listed, oldest first", () => {
      ledger.reserve("b", [line(key, null)], nanoUsd(1), NOW + 5)
      ledger.reserve("a", [line(team, null)], nanoUsd(2), NOW)
      expect(ledger.open().map((it) => it.call)).toEqual(["a", "b"])
      expect(ledger.open(NOW + 5)).toEqual([{ call: "a", estimate: nanoUsd(2), accounts: [team], madeAt: NOW }])
    })

    test("accounts are listed with what was spent and what is reserved on each", () => {
      ledger.reserve("a", [line(team, 100), line(key, null)], nanoUsd(60), NOW)
      ledger.reserve("b", [line(key, null)], nanoUsd(5), NOW)
      ledger.settle("a", nanoUsd(7))
      expect(ledger.accounts()).toEqual([
        { account: team, spent: nanoUsd(7), reserved: nanoUsd(0) },
        { account: key, spent: nanoUsd(7), reserved: nanoUsd(5) },
      ])
    })

    test("accounts of months that are over are forgotten, but for those with a call under way", () => {
      const book = (holder: string, now: number, settled: boolean) =>
        (["day", "month"] as const).map((period) => {
          const account = accountOf(holder, period, now)
          ledger.reserve(account, [line(account, null)], nanoUsd(3), now)
          if (settled) ledger.settle(account, nanoUsd(3))
          return account
        })
      const past = book("key a", Date.UTC(2026, 9, 31, 23, 59), true)
      const busy = book("key b", Date.UTC(2026, 9, 31, 23, 59), false)
      const present = book("key c", Date.UTC(2026, 10, 1), true)
      ledger.forget(NOW)
      expect(past.map(spent)).toEqual([0, 0])
      expect(present.map(spent)).toEqual([3, 3])
      for (const it of busy) ledger.settle(it, nanoUsd(4))
      expect(busy.map(spent)).toEqual([4, 4])
    })

    test(
      "it agrees with paper, whatever is reserved, settled, given back and left behind",
      () => {
        const limits = fc.array(fc.option(fc.nat(150)), { minLength: 4, maxLength: 4 })
        fc.assert(
          fc.property(limits, ledgerSteps, (them, steps) => {
            const fresh = open()
            try {
              new LedgerModel(fresh.subject, them).agrees(steps)
            } finally {
              fresh.close()
            }
          }),
        )
      },
      PATIENCE_MS,
    )
  })
}
