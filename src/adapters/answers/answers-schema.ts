import type { Schema } from "../sqlite/schema.ts"

/** A cache: lost, it is filled again. `near.id` grows with every row, so that other workers read only what is new. */
export const ANSWERS_SCHEMA: Schema = {
  durability: "normal",
  migrations: [
    [
      `CREATE TABLE exact (
        tenant TEXT NOT NULL,
        question TEXT NOT NULL,
        answer TEXT NOT NULL,
        kept_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        PRIMARY KEY (tenant, question)
      ) STRICT`,
      "CREATE INDEX exact_by_age ON exact (kept_at)",
      "CREATE INDEX exact_by_end ON exact (expires_at)",
      `CREATE TABLE near (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        tenant TEXT NOT NULL,
        scope TEXT NOT NULL,
        vector BLOB NOT NULL,
        answer TEXT NOT NULL,
        kept_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL
      ) STRICT`,
      "CREATE INDEX near_by_tenant ON near (tenant, id)",
      "CREATE INDEX near_by_end ON near (expires_at)",
      "PRAGMA user_version = 1",
    ],
  ],
}
