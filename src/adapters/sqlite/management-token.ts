import { z } from "zod"
import type { ManagementToken } from "../../ports/tokens.ts"
import type { FileContext } from "./file-context.ts"
import { rowOf } from "./rows.ts"
import { digestOf, randomText, sameDigest } from "./secrets.ts"
import { faultOf } from "./sqlite-fault.ts"

const MARK = "pm_"
const RANDOM_LENGTH = 43

const ROW = z.object({ digest: z.instanceof(Uint8Array) })

/** The token's digest is read each time, so that one renewed by another process holds at once. Methods may throw a StoreFault. */
export class SqliteManagementToken implements ManagementToken {
  readonly #context: FileContext

  constructor(context: FileContext) {
    this.#context = context
  }

  exists(): boolean {
    return this.#digest() !== undefined
  }

  renew(): string {
    const token = MARK + randomText(RANDOM_LENGTH)
    const { database, path, now } = this.#context
    try {
      database
        .query(
          `INSERT INTO management_token (id, digest, made_at) VALUES (1, ?, ?)
           ON CONFLICT (id) DO UPDATE SET digest = excluded.digest, made_at = excluded.made_at`,
        )
        .run(digestOf(token), now())
      return token
    } catch (error) {
      throw faultOf(error, path)
    }
  }

  matches(presented: string): boolean {
    if (presented.length !== MARK.length + RANDOM_LENGTH) return false
    const digest = this.#digest()
    return digest !== undefined && sameDigest(digest, digestOf(presented))
  }

  #digest(): Uint8Array | undefined {
    const { database, path } = this.#context
    try {
      const row = database.query("SELECT digest FROM management_token").get()
      return row === null ? undefined : rowOf(ROW, row, path).digest
    } catch (error) {
      throw faultOf(error, path)
    }
  }
}
