import type { Key, KeyChange, KeyStore, NewKey } from "../../ports/keys.ts"
import { amendedKey } from "./amended-key.ts"
import { Changes } from "./changes.ts"
import type { FileContext } from "./file-context.ts"
import { KeyIndex } from "./key-index.ts"
import { checkKey, checkLimits, checkMembership, checkScopes } from "./key-rules.ts"
import { couldBeSecret, newSecret } from "./key-secret.ts"
import { KeyTable, unknownKey } from "./key-table.ts"
import { faultOf } from "./sqlite-fault.ts"

/** How long a key revoked by another process may go on working here. */
const POLL_MS = 250

/**
 * Keys, searched in memory and kept in the database.
 *
 * What other processes change is seen before a key is called unknown, and otherwise within a poll's time: so a key made on
 * the command line works at once in a running gateway, and one revoked there soon stops working.
 */
export class SqliteKeyStore implements KeyStore {
  readonly #context: FileContext
  readonly #index = new KeyIndex()
  readonly #table: KeyTable
  readonly #changes: Changes
  readonly #poll: ReturnType<typeof setInterval>
  #faulty = false

  /** Reads all keys, and looks for changes until closed. @throws StoreFault */
  constructor(context: FileContext) {
    this.#context = context
    this.#table = new KeyTable(context.database, context.path)
    this.#changes = new Changes(context.database, context.path)
    this.#changes.follow(() => this.#readChanged())
    this.#poll = setInterval(() => this.#refresh(), POLL_MS)
    this.#poll.unref()
  }

  find(secret: string): Key | undefined {
    if (!couldBeSecret(secret)) return undefined
    const key = this.#index.find(secret)
    if (key !== undefined) return this.#asOfNow(key)
    return this.#refresh() ? this.#asOfNow(this.#index.find(secret)) : undefined
  }

  named(name: string): Key | undefined {
    this.#refresh()
    return this.#asOfNow(this.#index.named(name))
  }

  list(): readonly Key[] {
    this.#refresh()
    return this.#index.list().map((key) => this.#asOfNow(key) ?? key)
  }

  create(key: NewKey): { readonly key: Key; readonly secret: string } {
    const now = this.#context.now()
    checkKey(key, now)
    const secret = newSecret()
    this.#table.insert(key, secret, now)
    return { key: this.#changed(key.name), secret }
  }

  revoke(name: string): Key {
    this.#table.revoke(name, this.#context.now())
    return this.#changed(name)
  }

  rescope(name: string, scopes: readonly string[]): Key {
    checkScopes(scopes)
    this.#table.rescope(name, scopes)
    return this.#changed(name)
  }

  amend(name: string, change: KeyChange): Key {
    this.#table.amend(name, (key) => {
      const amended = amendedKey(key, change)
      checkScopes(amended.scopes)
      checkMembership(amended)
      checkLimits(amended.limits)
      return amended
    })
    return this.#changed(name)
  }

  close(): void {
    clearInterval(this.#poll)
  }

  #changed(name: string): Key {
    this.#readChanged()
    const key = this.#asOfNow(this.#index.named(name))
    if (key === undefined) throw unknownKey(name)
    return key
  }

  #readChanged(): void {
    for (const stored of this.#table.changedSince(this.#index.revision)) this.#index.put(stored)
  }

  /**
   * Whether anything may have changed. While the file cannot be read, what was known still holds: a request must not fail
   * for it, and the operator is told once.
   */
  #refresh(): boolean {
    try {
      const changed = this.#changes.follow(() => this.#readChanged())
      this.#faulty = false
      return changed
    } catch (error) {
      if (!this.#faulty) this.#context.onFault(faultOf(error, this.#context.path))
      this.#faulty = true
      return false
    }
  }

  #asOfNow(key: Key | undefined): Key | undefined {
    if (key?.expiresAt === undefined || key.status !== "active" || this.#context.now() < key.expiresAt) return key
    return { ...key, status: "expired" }
  }
}
