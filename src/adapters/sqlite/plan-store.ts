import { z } from "zod"
import type { PlanStore } from "../../ports/records.ts"
import type { FileContext } from "./file-context.ts"
import { rowOf } from "./rows.ts"
import { faultOf } from "./sqlite-fault.ts"

const TEXT = z.object({ text: z.string() })
const CURRENT = z.object({ revision: z.string() })

/** Plans by revision. Every method may throw a StoreFault. */
export class SqlitePlanStore implements PlanStore {
  readonly #context: FileContext

  constructor(context: FileContext) {
    this.#context = context
  }

  keep(revision: string, text: string): void {
    // Every worker of every start says so again; only a change is worth the wait for the disk.
    if (this.current() === revision) return
    const { database, path, now } = this.#context
    try {
      const change = database.transaction(() => {
        database
          .query("INSERT INTO plans (revision, text, kept_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
          .run(revision, text, now())
        database
          .query(
            `INSERT INTO current_plan (id, revision) VALUES (1, ?)
             ON CONFLICT (id) DO UPDATE SET revision = excluded.revision`,
          )
          .run(revision)
      })
      change.immediate()
    } catch (error) {
      throw faultOf(error, path)
    }
  }

  find(revision: string): string | undefined {
    const { database, path } = this.#context
    try {
      const row = database.query("SELECT text FROM plans WHERE revision = ?").get(revision)
      return row === null ? undefined : rowOf(TEXT, row, path).text
    } catch (error) {
      throw faultOf(error, path)
    }
  }

  current(): string | undefined {
    const { database, path } = this.#context
    try {
      const row = database.query("SELECT revision FROM current_plan").get()
      return row === null ? undefined : rowOf(CURRENT, row, path).revision
    } catch (error) {
      throw faultOf(error, path)
    }
  }
}
