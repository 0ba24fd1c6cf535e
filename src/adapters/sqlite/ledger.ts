import type { Database, Statement } from "bun:sqlite"
import {
  type Account,
  type Booking,
  type Ledger,
  type Line,
  periodName,
  type Reservation,
  type Standing,
} from "../../ports/ledger.ts"
import { type NanoUsd, nanoUsd } from "../../ports/money.ts"
import type { FileContext } from "./file-context.ts"
import { accountsText, type CallRow, callRow, standingOf, sumsOf } from "./ledger-rows.ts"
import { isAlive, processName } from "./process-name.ts"
import { faultOf } from "./sqlite-fault.ts"

const NOTHING = nanoUsd(0)

/** Money in a database. Each change is one immediate transaction, so that threads and processes come one after the other. */
export class SqliteLedger implements Ledger {
  readonly #database: Database
  readonly #path: string
  readonly #now: () => number
  readonly #process = processName()
  readonly #sums: Statement<unknown, [string]>
  readonly #book: Statement<unknown, [string, number, number]>
  readonly #call: Statement<unknown, [string]>
  readonly #keep: Statement<unknown, [string, number, string, number, string]>
  readonly #drop: Statement<unknown, [string]>
  readonly #reserve: (call: string, lines: readonly Line[], estimate: NanoUsd, now: number) => Booking
  readonly #settle: (call: string, actual: NanoUsd) => boolean

  constructor({ database, path, now }: FileContext) {
    this.#database = database
    this.#path = path
    this.#now = now
    this.#sums = database.query("SELECT spent, reserved FROM accounts WHERE account = ?")
    this.#book = database.query(
      `INSERT INTO accounts (account, spent, reserved) VALUES (?1, max(?2, 0), max(?3, 0))
       ON CONFLICT (account) DO UPDATE SET spent = spent + ?2, reserved = reserved + ?3`,
    )
    this.#call = database.query("SELECT * FROM calls WHERE call = ?")
    this.#keep = database.query("INSERT INTO calls (call, estimate, accounts, made_at, process) VALUES (?, ?, ?, ?, ?)")
    this.#drop = database.query("DELETE FROM calls WHERE call = ?")
    // Made once: bun:sqlite prepares anew for each function it is given.
    this.#reserve = database.transaction(this.#reserveNow.bind(this)).immediate
    this.#settle = database.transaction(this.#settleNow.bind(this)).immediate
  }

  reserve(call: string, lines: readonly Line[], estimate: NanoUsd, now: number): Booking {
    if (lines.length === 0) return { held: true, standings: [] }
    return this.#asked(() => this.#reserve(call, lines, estimate, now))
  }

  peek(lines: readonly Line[], estimate: NanoUsd): Booking {
    return this.#asked(() => this.#standing(lines, estimate))
  }

  settle(call: string, actual: NanoUsd): boolean {
    return this.#asked(() => this.#settle(call, actual))
  }

  release(call: string): boolean {
    return this.settle(call, NOTHING)
  }

  spent(account: Account): NanoUsd {
    return this.#asked(() => nanoUsd(sumsOf(this.#sums.get(account), this.#path).spent))
  }

  accounts(): readonly Standing[] {
    return this.#asked(() =>
      this.#database
        .query("SELECT account, spent, reserved FROM accounts ORDER BY account")
        .all()
        .map((it) => standingOf(it, this.#path)),
    )
  }

  open(madeBefore = Number.MAX_SAFE_INTEGER): readonly Reservation[] {
    return this.#asked(() =>
      this.#calls(OPEN)
        .map((it) => it.reservation)
        .filter((it) => it.madeAt < madeBefore),
    )
  }

  settleAbandoned(madeBefore: number): readonly Reservation[] {
    const settle = this.#database.transaction(() => {
      const alive = new Map<string, boolean>()
      const abandoned = this.#calls(OPEN).filter(({ reservation, process }) => {
        if (!alive.has(process)) alive.set(process, isAlive(process))
        return reservation.madeAt < madeBefore || alive.get(process) === false
      })
      for (const { reservation } of abandoned) this.#settleByEstimate(reservation)
      return abandoned.map((it) => it.reservation)
    })
    // Looked at first without the lock, which is for those who spend.
    return this.#asked(() => (this.#calls(OPEN).length === 0 ? [] : settle.immediate()))
  }

  settledByEstimate(): readonly Reservation[] {
    return this.#asked(() => this.#calls(ABANDONED).map((it) => it.reservation))
  }

  forget(now: number): void {
    const forget = this.#database.transaction(() => {
      // As texts, a month and its days come after every month before.
      this.#database.query("DELETE FROM accounts WHERE account < ? AND reserved = 0").run(periodName("month", now))
      this.#database
        .query("DELETE FROM calls WHERE abandoned_at IS NOT NULL AND made_at < ?")
        .run(Date.parse(`${periodName("month", now)}-01T00:00:00Z`))
    })
    this.#asked(() => forget.immediate())
  }

  #reserveNow(call: string, lines: readonly Line[], estimate: NanoUsd, now: number): Booking {
    const booking = this.#standing(lines, estimate)
    if (!booking.held) return booking
    const accounts = lines.map((it) => it.account)
    this.#keep.run(call, estimate, accountsText(accounts), now, this.#process)
    for (const account of accounts) this.#book.run(account, 0, estimate)
    return booking
  }

  #standing(lines: readonly Line[], estimate: NanoUsd): Booking {
    let held = true
    const standings = lines.map(({ account, limit }) => {
      const sums = sumsOf(this.#sums.get(account), this.#path)
      const reserved = sums.reserved + estimate
      // Beyond what a number counts exactly there is no counting on.
      if (sums.spent + reserved > (limit ?? Number.MAX_SAFE_INTEGER)) held = false
      return { account, spent: nanoUsd(sums.spent), reserved: nanoUsd(reserved) }
    })
    return { held, standings }
  }

  #settleNow(call: string, actual: NanoUsd): boolean {
    const row = this.#call.get(call)
    if (row === null) return false
    const { reservation, isAbandoned } = callRow(row, this.#path)
    const { estimate, accounts } = reservation
    for (const it of accounts) this.#book.run(it, isAbandoned ? actual - estimate : actual, isAbandoned ? 0 : -estimate)
    this.#drop.run(call)
    return true
  }

  #settleByEstimate({ call, estimate, accounts }: Reservation): void {
    for (const it of accounts) this.#book.run(it, estimate, -estimate)
    this.#database.query("UPDATE calls SET abandoned_at = ? WHERE call = ?").run(this.#now(), call)
  }

  #calls(which: string): readonly CallRow[] {
    return this.#database
      .query(which)
      .all()
      .map((it) => callRow(it, this.#path))
  }

  #asked<T>(ask: () => T): T {
    try {
      return ask()
    } catch (error) {
      throw faultOf(error, this.#path)
    }
  }
}

const OPEN = "SELECT * FROM calls WHERE abandoned_at IS NULL ORDER BY made_at, call"
const ABANDONED = "SELECT * FROM calls WHERE abandoned_at IS NOT NULL ORDER BY made_at, call"
