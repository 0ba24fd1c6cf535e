import { Database } from "bun:sqlite"
import { closeSync, existsSync, openSync } from "node:fs"
import { z } from "zod"
import { StoreFault } from "../../ports/store.ts"
import { rowOf } from "./rows.ts"
import type { Schema } from "./schema.ts"
import { faultOf, isBusy } from "./sqlite-fault.ts"

/** How often the log is tried again, 10 ms apart. */
const TRIES = 500

/**
 * Opens the database at `path` beside whoever else has it open, at the newest schema. Without `readonly` it is made when it
 * is missing; with it, nothing is made and nothing can be changed. @throws StoreFault
 */
export function openDatabase(path: string, schema: Schema, readonly: boolean): Database {
  if (readonly) requireFile(path)
  else makeFile(path)
  let database: Database | undefined
  try {
    database = connect(path, schema, readonly)
    migrate(database, path, schema, readonly)
    if (readonly) database.run("PRAGMA query_only = ON")
    return database
  } catch (error) {
    database?.close()
    throw faultOf(error, path)
  }
}

function requireFile(path: string): void {
  if (existsSync(path)) return
  throw new StoreFault(
    `There is no store here: "${path}" does not exist. Start the gateway once, or name its directory.`,
  )
}

/**
 * SQLite would make it readable by all; the files beside it take its mode over.
 *
 * A file that exists must not be opened and closed here: closing any descriptor of a file drops the locks that other
 * threads of this process hold on it.
 */
function makeFile(path: string): void {
  if (existsSync(path)) return
  try {
    closeSync(openSync(path, "wx", 0o600))
  } catch (error) {
    if (!existsSync(path)) throw faultOf(error, path)
  }
}

/**
 * Even to read, the file is opened for writing: a reader that may not write leaves the files beside the database behind,
 * and cannot read what a killed process had not yet moved into it.
 */
function connect(path: string, { durability }: Schema, readonly: boolean): Database {
  const database = new Database(path, { readwrite: true, create: false })
  database.run("PRAGMA busy_timeout = 5000")
  if (!readonly) useLog(database)
  database.run(durability === "full" ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL")
  database.run("PRAGMA foreign_keys = ON")
  database.run("PRAGMA journal_size_limit = 67108864")
  return database
}

/** Turning the log on takes the file for a moment, and SQLite answers "busy" to whoever tries it at the same time. */
function useLog(database: Database): void {
  for (let left = TRIES; ; left--) {
    try {
      database.run("PRAGMA journal_mode = WAL")
      return
    } catch (error) {
      if (left === 0 || !isBusy(error)) throw error
      Bun.sleepSync(10)
    }
  }
}

function migrate(database: Database, path: string, { migrations }: Schema, readonly: boolean): void {
  const found = versionOf(database, path)
  if (found > migrations.length) {
    throw new StoreFault(
      `"${path}" was written by a newer Pinpoint (schema ${found}; this one knows up to ${migrations.length}). ` +
        "Run that version, or put back the copy made before the upgrade.",
    )
  }
  if (found === migrations.length) return
  if (readonly) {
    throw new StoreFault(
      `"${path}" was written by an older Pinpoint (schema ${found}, now ${migrations.length}). Start the gateway once: it brings the store up to date.`,
    )
  }
  const step = database.transaction(() => {
    // Asked again: another process may have done it while this one waited for the lock.
    for (const statements of migrations.slice(versionOf(database, path))) {
      for (const statement of statements) database.run(statement)
    }
  })
  step.immediate()
}

const VERSION = z.object({ user_version: z.int() })

const versionOf = (database: Database, path: string): number =>
  rowOf(VERSION, database.query("PRAGMA user_version").get(), path).user_version
