import { expect } from "bun:test"
import fc from "fast-check"
import { type Account, accountOf, type Ledger, type Line } from "./ledger.ts"
import { nanoUsd } from "./money.ts"

const NOW = Date.UTC(2026, 10, 21, 12)

const ACCOUNTS: readonly Account[] = ["key alice", "team search", "tenant acme", "model fast"].map((holder, i) =>
  accountOf(holder, i % 2 === 0 ? "day" : "month", NOW),
)

/** One thing done to a ledger. `which` picks among the calls so far, settled ones too. */
export interface LedgerStep {
  readonly act: "reserve" | "settle" | "release" | "abandon" | "peek"
  readonly accounts: readonly number[]
  readonly amount: number
  readonly which: number
}

export const ledgerSteps: fc.Arbitrary<readonly LedgerStep[]> = fc.array(
  fc.record({
    act: fc.constantFrom("reserve", "reserve", "reserve", "settle", "settle", "release", "abandon", "peek"),
    accounts: fc.subarray([0, 1, 2, 3]),
    amount: fc.oneof(fc.nat(10), fc.nat(60)),
    which: fc.nat(),
  }),
  { maxLength: 80 },
)

interface Call {
  readonly name: string
  readonly accounts: readonly number[]
  readonly estimate: number
  state: "open" | "estimated" | "over"
}

/** A ledger as one would keep it on paper. */
export class LedgerModel {
  readonly #ledger: Ledger
  readonly #limits: readonly (number | null)[]
  readonly #calls: Call[] = []
  readonly #spent = [0, 0, 0, 0]
  /** By how much calls cost more than was estimated, by account. */
  readonly #errors = [0, 0, 0, 0]
  #made = 0

  constructor(ledger: Ledger, limits: readonly (number | null)[]) {
    this.#ledger = ledger
    this.#limits = limits
  }

  agrees(steps: readonly LedgerStep[]): void {
    for (const step of steps) {
      this.#do(step)
      this.#mustBalance()
    }
  }

  #do({ act, accounts, amount, which }: LedgerStep): void {
    const call = this.#calls[which % Math.max(1, this.#calls.length)]
    if (act === "reserve") this.#reserve(accounts, amount)
    else if (act === "peek") this.#peek(accounts, amount)
    else if (act === "abandon") this.#abandon()
    else if (call !== undefined) this.#settle(call, act === "settle" ? amount : undefined)
  }

  #reserve(accounts: readonly number[], estimate: number): void {
    const name = `call ${this.#made++}`
    const held = this.#allows(accounts, estimate)
    const booking = this.#ledger.reserve(name, this.#lines(accounts), nanoUsd(estimate), NOW)
    expect(booking).toEqual({ held, standings: this.#standings(accounts, estimate) })
    if (held && accounts.length > 0) this.#calls.push({ name, accounts, estimate, state: "open" })
  }

  #peek(accounts: readonly number[], estimate: number): void {
    expect(this.#ledger.peek(this.#lines(accounts), nanoUsd(estimate))).toEqual({
      held: this.#allows(accounts, estimate),
      standings: this.#standings(accounts, estimate),
    })
  }

  #settle(call: Call, actual: number | undefined): void {
    const done =
      actual === undefined ? this.#ledger.release(call.name) : this.#ledger.settle(call.name, nanoUsd(actual))
    expect(done).toBe(call.state !== "over")
    if (!done) return
    for (const at of call.accounts) {
      const before = call.state === "estimated" ? call.estimate : 0
      this.#spent[at] = (this.#spent[at] ?? 0) + (actual ?? 0) - before
      this.#errors[at] = (this.#errors[at] ?? 0) + Math.max(0, (actual ?? 0) - call.estimate)
    }
    call.state = "over"
  }

  #abandon(): void {
    const open = this.#calls.filter((it) => it.state === "open")
    const settled = this.#ledger.settleAbandoned(NOW + 1)
    expect(settled.map((it) => it.call).sort()).toEqual(open.map((it) => it.name).sort())
    for (const call of open) {
      for (const at of call.accounts) this.#spent[at] = (this.#spent[at] ?? 0) + call.estimate
      call.state = "estimated"
    }
  }

  /** Nothing is lost, nothing is made, and no limit is passed by more than the errors of estimates. */
  #mustBalance(): void {
    const names = (state: Call["state"]) => this.#calls.filter((it) => it.state === state).map((it) => it.name)
    expect(
      this.#ledger
        .open()
        .map((it) => it.call)
        .sort(),
    ).toEqual(names("open").sort())
    expect(
      this.#ledger
        .settledByEstimate()
        .map((it) => it.call)
        .sort(),
    ).toEqual(names("estimated").sort())
    ACCOUNTS.forEach((account, at) => {
      const spent = this.#ledger.spent(account)
      expect(Number(spent)).toBe(this.#spent[at] ?? 0)
      const limit = this.#limits[at] ?? Number.POSITIVE_INFINITY
      expect(spent + this.#reserved(at)).toBeLessThanOrEqual(limit + (this.#errors[at] ?? 0))
    })
  }

  #allows(accounts: readonly number[], estimate: number): boolean {
    return accounts.every((at) => {
      const limit = this.#limits[at] ?? Number.POSITIVE_INFINITY
      return (this.#spent[at] ?? 0) + this.#reserved(at) + estimate <= limit
    })
  }

  #reserved(account: number): number {
    const open = this.#calls.filter((it) => it.state === "open" && it.accounts.includes(account))
    return open.reduce((sum, it) => sum + it.estimate, 0)
  }

  #lines(accounts: readonly number[]): readonly Line[] {
    return accounts.map((at) => {
      const limit = this.#limits[at] ?? null
      return { account: nameOf(at), limit: limit === null ? null : nanoUsd(limit) }
    })
  }

  #standings(accounts: readonly number[], estimate: number) {
    return accounts.map((at) => ({
      account: nameOf(at),
      spent: nanoUsd(this.#spent[at] ?? 0),
      reserved: nanoUsd(this.#reserved(at) + estimate),
    }))
  }
}

function nameOf(at: number): Account {
  const account = ACCOUNTS[at]
  if (account === undefined) throw new RangeError(`there is no account ${at}`)
  return account
}
