import type { Schema } from "./schema.ts"

/**
 * Few rows, rarely written, never to be lost.
 *
 * `keys.revision` grows with every change to any key, so that other processes read only what changed since they last looked.
 */
export const CONTROL_SCHEMA: Schema = {
  durability: "full",
  migrations: [
    [
      `CREATE TABLE keys (
        name TEXT PRIMARY KEY,
        digest BLOB NOT NULL UNIQUE,
        prefix TEXT NOT NULL,
        scopes TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER,
        revoked_at INTEGER,
        revision INTEGER NOT NULL UNIQUE
      ) STRICT`,
      `CREATE TABLE management_token (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        digest BLOB NOT NULL,
        made_at INTEGER NOT NULL
      ) STRICT`,
      `CREATE TABLE plans (
        revision TEXT PRIMARY KEY,
        text TEXT NOT NULL,
        kept_at INTEGER NOT NULL
      ) STRICT`,
      `CREATE TABLE current_plan (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        revision TEXT NOT NULL REFERENCES plans (revision)
      ) STRICT`,
      "PRAGMA user_version = 1",
    ],
    [
      "ALTER TABLE keys ADD COLUMN team TEXT",
      "ALTER TABLE keys ADD COLUMN tenant TEXT",
      // Limits on models, as JSON; money in nano-dollars.
      "ALTER TABLE keys ADD COLUMN limits TEXT NOT NULL DEFAULT '{}'",
      "PRAGMA user_version = 2",
    ],
  ],
}
