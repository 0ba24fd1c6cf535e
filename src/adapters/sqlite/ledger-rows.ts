import { z } from "zod"
import { type Account, isAccount, type Reservation, type Standing } from "../../ports/ledger.ts"
import { nanoUsd } from "../../ports/money.ts"
import { rowOf } from "./rows.ts"
import { damage } from "./sqlite-fault.ts"

const ACCOUNT = z.object({ spent: z.int().min(0), reserved: z.int().min(0) })

/** An account's sums; null is an account that nothing was booked on. @throws StoreFault naming the file at `path`. */
export const sumsOf = (row: unknown, path: string): z.output<typeof ACCOUNT> =>
  row === null ? EMPTY : rowOf(ACCOUNT, row, path)

const EMPTY = { spent: 0, reserved: 0 } as const

const STANDING = z.object({
  account: z.string(),
  spent: z.int().min(0).transform(nanoUsd),
  reserved: z.int().min(0).transform(nanoUsd),
})

/** @throws StoreFault naming the file at `path`. */
export function standingOf(row: unknown, path: string): Standing {
  const { account, ...sums } = rowOf(STANDING, row, path)
  return { account: accountIn(account, path), ...sums }
}

const CALL = z.object({
  call: z.string(),
  estimate: z.int().min(0).transform(nanoUsd),
  accounts: z.string(),
  made_at: z.int(),
  process: z.string(),
  abandoned_at: z.int().nullable(),
})

/** A call as it is kept. */
export interface CallRow {
  readonly reservation: Reservation
  readonly process: string
  readonly isAbandoned: boolean
}

/** @throws StoreFault naming the file at `path`. */
export function callRow(from: unknown, path: string): CallRow {
  const row = rowOf(CALL, from, path)
  const { call, estimate, made_at: madeAt, process, abandoned_at } = row
  return {
    reservation: { call, estimate, accounts: accountsIn(row.accounts, path), madeAt },
    process,
    isAbandoned: abandoned_at !== null,
  }
}

/** Accounts of one call as one text: no account holds the end of a line. */
export const accountsText = (accounts: readonly Account[]): string => accounts.join("\n")

const accountsIn = (text: string, path: string): readonly Account[] => text.split("\n").map((it) => accountIn(it, path))

function accountIn(text: string, path: string): Account {
  if (!isAccount(text)) throw damage(path, `${JSON.stringify(text)} names no account`)
  return text
}
