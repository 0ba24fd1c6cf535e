import type { NanoUsd } from "./money.ts"

declare const account: unique symbol

/** What money is booked on: one holder in one calendar period, so that accounts of past periods can be thrown away. */
export type Account = string & { readonly [account]: true }

/** Calendar days and months of UTC. */
export const PERIODS = ["day", "month"] as const
export type Period = (typeof PERIODS)[number]

/** `2026-11-21 key alice`, `2026-11 team search`. `now`: milliseconds since the epoch. */
export function accountOf(holder: string, period: Period, now: number): Account {
  const name = `${periodName(period, now)} ${holder}`
  if (!isAccount(name)) throw new RangeError(`${JSON.stringify(name)} names no account`)
  return name
}

/** `2026-11-21`, `2026-11`. In the order of time as texts, and a month comes before its days. */
export const periodName = (period: Period, now: number): string =>
  new Date(now).toISOString().slice(0, period === "day" ? 10 : 7)

/** When the period ends that `now` is in. Milliseconds since the epoch. */
export function periodEnd(period: Period, now: number): number {
  const at = new Date(now)
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()]
  return period === "day" ? Date.UTC(year, month, at.getUTCDate() + 1) : Date.UTC(year, month + 1, 1)
}

export const isAccount = (text: string): text is Account => /^\d{4}-\d{2}(?:-\d{2})? \S/.test(text)

/** One account that a call is booked on, and how far it may go. Null: it is counted, without a limit. */
export interface Line {
  readonly account: Account
  readonly limit: NanoUsd | null
}

/** How an account stands; asked for a call, as it would with the call's estimate among what is reserved, taken or not. */
export interface Standing {
  readonly account: Account
  /** Of calls that are over. */
  readonly spent: NanoUsd
  /** Of calls under way, by their estimates. */
  readonly reserved: NanoUsd
}

export interface Booking {
  /** Whether it was taken on every account; otherwise on none. */
  readonly held: boolean
  /** One for each line, in their order. */
  readonly standings: readonly Standing[]
}

/** A call that is not settled yet, or that was settled by its estimate as nobody told what it had cost. */
export interface Reservation {
  readonly call: string
  readonly estimate: NanoUsd
  readonly accounts: readonly Account[]
  /** Milliseconds since the epoch. */
  readonly madeAt: number
}

/**
 * Counts money, exactly, over all threads and processes, and durably: once a method has returned, the death of the process
 * undoes nothing. Every method is synchronous and may throw a StoreFault.
 *
 * A call is reserved where what was spent, what is reserved and its estimate are together at most the limit, on every
 * account. Settling counts what the call cost in truth, even where that is more than the estimate and passes the limit: so a
 * limit is passed by at most the errors of the estimates under way.
 */
export interface Ledger {
  /** `call`: a name of its own, such as the decision's id. Without a line nothing is kept. */
  reserve(call: string, lines: readonly Line[], estimate: NanoUsd, now: number): Booking
  /** What `reserve` would answer, without taking. */
  peek(lines: readonly Line[], estimate: NanoUsd): Booking
  /**
   * Books what the call cost in the place of its estimate; also where it was settled by estimate before, which is then put
   * right. False, and nothing is booked, where there is no such call or it was settled already.
   */
  settle(call: string, actual: NanoUsd): boolean
  /** The call did not happen: as settling it for nothing. */
  release(call: string): boolean
  spent(account: Account): NanoUsd
  /** All accounts that are not forgotten, in the order of their names. */
  accounts(): readonly Standing[]
  /** Calls under way, oldest first; of those made before `madeBefore`, where it is given. */
  open(madeBefore?: number): readonly Reservation[]
  /**
   * Settles at their estimates the calls whose process has died, since what they asked for may have been done and must be
   * paid; also those made before `madeBefore`, which a thread that failed has left behind. Answers which.
   */
  settleAbandoned(madeBefore: number): readonly Reservation[]
  /** What `settleAbandoned` has settled and nobody has put right since, oldest first. */
  settledByEstimate(): readonly Reservation[]
  /** Forgets accounts of periods that ended before the one that `now` is in, and calls settled by estimate as old. */
  forget(now: number): void
}
