import type { Database, Statement } from "bun:sqlite"
import { z } from "zod"
import { type Key, KeyFault, type NewKey } from "../../ports/keys.ts"
import type { Membership, PlainLimits } from "../../ports/model-limits.ts"
import { type StoredKey, storedKey } from "./key-row.ts"
import { prefixOf } from "./key-secret.ts"
import { rowOf } from "./rows.ts"
import { digestOf } from "./secrets.ts"
import { faultOf } from "./sqlite-fault.ts"

const REVISION = z.object({ revision: z.int() })

/** All of a key that may be changed. */
export interface AmendedKey extends Membership {
  readonly scopes: readonly string[]
  readonly limits: PlainLimits
}

/** The table of keys. Each change happens durably and whole, or not at all. @throws StoreFault, KeyFault */
export class KeyTable {
  readonly #database: Database
  readonly #path: string
  readonly #changed: Statement<unknown, [number]>

  constructor(database: Database, path: string) {
    this.#database = database
    this.#path = path
    this.#changed = database.query("SELECT * FROM keys WHERE revision > ? ORDER BY revision")
  }

  changedSince(revision: number): StoredKey[] {
    return this.#changed.all(revision).map((row) => storedKey(row, this.#path))
  }

  insert({ name, scopes, expiresAt, team, tenant, limits = {} }: NewKey, secret: string, now: number): void {
    this.#change(() => {
      this.#refuseTaken(name)
      this.#database
        .query(
          `INSERT INTO keys (name, digest, prefix, scopes, created_at, expires_at, team, tenant, limits, revision)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          name,
          digestOf(secret),
          prefixOf(secret),
          JSON.stringify(scopes),
          now,
          expiresAt ?? null,
          team ?? null,
          tenant ?? null,
          JSON.stringify(limits),
          this.#nextRevision(),
        )
    })
  }

  /** Once revoked, revoked since then. */
  revoke(name: string, now: number): void {
    this.#change(() => {
      this.#require(name)
      this.#database
        .query("UPDATE keys SET revoked_at = coalesce(revoked_at, ?), revision = ? WHERE name = ?")
        .run(now, this.#nextRevision(), name)
    })
  }

  rescope(name: string, scopes: readonly string[]): void {
    this.#change(() => {
      this.#require(name)
      this.#database
        .query("UPDATE keys SET scopes = ?, revision = ? WHERE name = ?")
        .run(JSON.stringify(scopes), this.#nextRevision(), name)
    })
  }

  /** `amended`: what becomes of the key as it is found. */
  amend(name: string, amended: (key: Key) => AmendedKey): void {
    this.#change(() => {
      const { scopes, team, tenant, limits } = amended(this.#require(name).key)
      this.#database
        .query("UPDATE keys SET scopes = ?, team = ?, tenant = ?, limits = ?, revision = ? WHERE name = ?")
        .run(JSON.stringify(scopes), team ?? null, tenant ?? null, JSON.stringify(limits), this.#nextRevision(), name)
    })
  }

  #change(change: () => void): void {
    try {
      this.#database.transaction(change).immediate()
    } catch (error) {
      throw error instanceof KeyFault ? error : faultOf(error, this.#path)
    }
  }

  #require(name: string): StoredKey {
    const found = this.#find(name)
    if (found === undefined) throw unknownKey(name)
    return found
  }

  #refuseTaken(name: string): void {
    const taken = this.#find(name)
    if (taken === undefined) return
    throw new KeyFault(
      taken.key.status === "revoked"
        ? `The name "${name}" belongs to a revoked key, of which records still speak. Choose another name.`
        : `There is already a key "${name}". Choose another name, or revoke that key and make one under a new name.`,
    )
  }

  #find(name: string): StoredKey | undefined {
    const row = this.#database.query("SELECT * FROM keys WHERE name = ?").get(name)
    return row === null ? undefined : storedKey(row, this.#path)
  }

  #nextRevision(): number {
    const row = this.#database.query("SELECT coalesce(max(revision), 0) + 1 AS revision FROM keys").get()
    return rowOf(REVISION, row, this.#path).revision
  }
}

export const unknownKey = (name: string): KeyFault =>
  new KeyFault(`There is no key ${JSON.stringify(name)}. List the keys to see their names.`)
