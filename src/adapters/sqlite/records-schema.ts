import type { Schema } from "./schema.ts"

/**
 * One row for a block of records: a row for each would cost more than the decision it keeps.
 *
 * `denied` and `causes` say what is inside, so that a search passes over blocks without reading them. The ids of a block
 * share their leading characters (see `bucketOf`), so that an id can only be in the few blocks written around its time.
 */
export const RECORDS_SCHEMA: Schema = {
  durability: "normal",
  migrations: [
    [
      `CREATE TABLE blocks (
        block INTEGER PRIMARY KEY,
        first_id TEXT NOT NULL,
        last_id TEXT NOT NULL,
        first_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL,
        count INTEGER NOT NULL,
        denied INTEGER NOT NULL,
        causes TEXT NOT NULL,
        body BLOB NOT NULL
      ) STRICT`,
      "CREATE INDEX blocks_by_id ON blocks (last_id, first_id)",
      "CREATE INDEX blocks_by_time ON blocks (first_at)",
      "PRAGMA user_version = 1",
    ],
  ],
}
