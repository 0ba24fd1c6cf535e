import { mkdirSync } from "node:fs"
import { join } from "node:path"
import {
  type AnswerCache,
  type CachedAnswer,
  type Embedding,
  MOST_QUESTIONS,
  type NearAnswer,
  type WholeAnswer,
} from "../../ports/answers.ts"
import type { StoreFault } from "../../ports/store.ts"
import type { FileContext } from "../sqlite/file-context.ts"
import { openDatabase } from "../sqlite/open-database.ts"
import { rowOf } from "../sqlite/rows.ts"
import { faultOf } from "../sqlite/sqlite-fault.ts"
import { ANSWER_ROW, columnOf, SIZE_ROW } from "./answer-rows.ts"
import { ANSWERS_SCHEMA } from "./answers-schema.ts"
import { NearTable } from "./near-table.ts"
import { Recent } from "./recent.ts"

const MIB = 1024 * 1024
/** Kept answers after which what has expired is dropped. */
const PRUNED_EVERY = 64

export interface AnswerCacheOptions {
  /** Bytes of answers held in memory. */
  readonly memory?: number
  /** Bytes of the file; beyond, the oldest answers are dropped. */
  readonly disk?: number
  /** Questions of one tenant that can be compared with. */
  readonly questions?: number
  /** Told once of each run of failures; the cache goes on as if it held nothing. Must not throw. */
  readonly onFault?: (fault: StoreFault) => void
}

/**
 * Opens the answers kept in a directory, beside other workers that have them open; makes the file when it is missing, for this
 * user's eyes only. @throws StoreFault
 */
export function openAnswerCache(directory: string, options: AnswerCacheOptions = {}): AnswerCache {
  const path = join(directory, "answers.db")
  const { onFault = (fault) => console.error(fault.message) } = options
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw faultOf(error, directory)
  }
  const database = openDatabase(path, ANSWERS_SCHEMA, false)
  return new SqliteAnswerCache({ database, path, now: Date.now, onFault }, options)
}

const VECTORS_IN_MEMORY = 60_000

/** The answers used last in memory, all in SQLite, which the workers of a machine share. */
class SqliteAnswerCache implements AnswerCache {
  readonly #context: FileContext
  readonly #recent: Recent<CachedAnswer>
  readonly #near: NearTable
  readonly #disk: number
  #kept = 0
  #isFaulty = false

  constructor(
    context: FileContext,
    { memory = 64 * MIB, disk = 1024 * MIB, questions = MOST_QUESTIONS }: AnswerCacheOptions,
  ) {
    this.#context = context
    this.#recent = new Recent(memory, ({ text }) => text.length * 2)
    this.#near = new NearTable(context, { perTenant: questions, inMemory: Math.max(questions, VECTORS_IN_MEMORY) })
    this.#disk = disk
  }

  find(tenant: string, question: string, now: number): CachedAnswer | undefined {
    const key = keyOf(tenant, question)
    const held = this.#recent.get(key)
    if (held !== undefined && held.expiresAt > now) return held
    const found = this.#try(() => this.#read(tenant, question))
    if (found === undefined || found.expiresAt <= now) return undefined
    this.#recent.set(key, found)
    return found
  }

  keep(tenant: string, question: string, { text }: WholeAnswer, now: number, expiresAt: number): void {
    if (!text.isWellFormed() || expiresAt <= now) return
    this.#recent.set(keyOf(tenant, question), { text, keptAt: now, expiresAt })
    this.#try(() => {
      this.#context.database
        .query(
          `INSERT INTO exact (tenant, question, answer, kept_at, expires_at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (tenant, question) DO UPDATE
           SET answer = excluded.answer, kept_at = excluded.kept_at, expires_at = excluded.expires_at`,
        )
        .run(columnOf(tenant), columnOf(question), text, now, expiresAt)
      this.#prune(now)
    })
  }

  findNear(tenant: string, scope: string, question: Embedding, least: number, now: number): NearAnswer | undefined {
    return this.#try(() => this.#near.find(tenant, scope, question, least, now))
  }

  keepNear(
    tenant: string,
    scope: string,
    question: Embedding,
    answer: WholeAnswer,
    now: number,
    expiresAt: number,
  ): void {
    if (!answer.text.isWellFormed() || expiresAt <= now) return
    this.#try(() => {
      this.#near.keep(tenant, scope, question, answer, now, expiresAt)
      this.#prune(now)
    })
  }

  close(): void {
    this.#context.database.close()
  }

  #read(tenant: string, question: string): CachedAnswer | undefined {
    const { database, path } = this.#context
    const row = database
      .query("SELECT answer, kept_at, expires_at FROM exact WHERE tenant = ? AND question = ?")
      .get(columnOf(tenant), columnOf(question))
    if (row === null) return undefined
    const { answer, kept_at, expires_at } = rowOf(ANSWER_ROW, row, path)
    return { text: answer, keptAt: kept_at, expiresAt: expires_at }
  }

  /** Now and then: what has expired, and of too much the oldest tenth. */
  #prune(now: number): void {
    if (this.#kept++ % PRUNED_EVERY !== 0) return
    const { database, path } = this.#context
    database.query("DELETE FROM exact WHERE expires_at <= ?").run(now)
    database.query("DELETE FROM near WHERE expires_at <= ?").run(now)
    const size = database.query(
      `SELECT (p.page_count - f.freelist_count) * s.page_size AS bytes
       FROM pragma_page_count() AS p, pragma_freelist_count() AS f, pragma_page_size() AS s`,
    )
    if (rowOf(SIZE_ROW, size.get(), path).bytes <= this.#disk) return
    for (const table of ["exact", "near"] as const) database.query(OLDEST_TENTH[table]).run()
  }

  /** A cache that cannot be read or written holds nothing; the operator is told once. */
  #try<T>(act: () => T): T | undefined {
    try {
      const done = act()
      this.#isFaulty = false
      return done
    } catch (error) {
      if (!this.#isFaulty) this.#context.onFault(faultOf(error, this.#context.path))
      this.#isFaulty = true
      return undefined
    }
  }
}

const OLDEST_TENTH = {
  exact:
    "DELETE FROM exact WHERE rowid IN (SELECT rowid FROM exact ORDER BY kept_at LIMIT (SELECT count(*) / 10 + 1 FROM exact))",
  near: "DELETE FROM near WHERE id IN (SELECT id FROM near ORDER BY id LIMIT (SELECT count(*) / 10 + 1 FROM near))",
} as const

/** Both parts can be told apart whatever they hold. */
const keyOf = (tenant: string, question: string): string => `${tenant.length} ${tenant}${question}`
