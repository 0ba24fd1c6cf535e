import type { Database, Statement } from "bun:sqlite"
import { z } from "zod"
import { rowOf } from "./rows.ts"

const VERSION = z.object({ data_version: z.int() })

/** Tells whether another connection, of this process or another, has changed the database. */
export class Changes {
  readonly #statement: Statement<unknown, []>
  readonly #path: string
  #seen: number | undefined

  constructor(database: Database, path: string) {
    this.#statement = database.query<unknown, []>("PRAGMA data_version")
    this.#path = path
  }

  /**
   * Calls `read` the first time and after every change, and answers whether it did. A change is seen only once `read` has
   * returned; one that happens meanwhile is seen the next time.
   */
  follow(read: () => void): boolean {
    const version = rowOf(VERSION, this.#statement.get(), this.#path).data_version
    if (version === this.#seen) return false
    read()
    this.#seen = version
    return true
  }
}
