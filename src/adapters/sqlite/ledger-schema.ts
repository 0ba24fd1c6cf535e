import type { Schema } from "./schema.ts"

/**
 * A file of its own: every model call writes here twice, and must neither wait for a change of keys nor hold one up.
 *
 * A call is one row however many accounts it is on, as rows are what a transaction costs. `accounts.reserved` is the sum of
 * the estimates of calls whose `abandoned_at` is null.
 */
export const LEDGER_SCHEMA: Schema = {
  durability: "normal",
  migrations: [
    [
      `CREATE TABLE accounts (
        account TEXT PRIMARY KEY,
        spent INTEGER NOT NULL,
        reserved INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID`,
      `CREATE TABLE calls (
        call TEXT PRIMARY KEY,
        estimate INTEGER NOT NULL,
        accounts TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        process TEXT NOT NULL,
        abandoned_at INTEGER
      ) STRICT, WITHOUT ROWID`,
      "PRAGMA user_version = 1",
    ],
  ],
}
