import type { Embedding, NearAnswer, WholeAnswer } from "../../ports/answers.ts"
import type { FileContext } from "../sqlite/file-context.ts"
import { rowOf } from "../sqlite/rows.ts"
import { ANSWER_ROW, bytesOf, columnOf, ID_ROW, VECTOR_ROW, vectorOf } from "./answer-rows.ts"
import { TenantVectors } from "./vectors.ts"

/** Of so many, that many are dropped at once. */
const DROPPED_SHARE = 0.1

export interface NearLimits {
  /** Questions of one tenant. */
  readonly perTenant: number
  /** Questions of all tenants that are held in memory; those of tenants not heard of for longest are read again when asked for. */
  readonly inMemory: number
}

/** Questions as vectors: all of a tenant's in memory, their answers on disk. Every method may throw. */
export class NearTable {
  readonly #context: FileContext
  readonly #limits: NearLimits
  // In the order of use.
  readonly #tenants = new Map<string, TenantVectors>()

  constructor(context: FileContext, limits: NearLimits) {
    this.#context = context
    this.#limits = limits
  }

  find(tenant: string, scope: string, question: Embedding, least: number, now: number): NearAnswer | undefined {
    const column = columnOf(tenant)
    const best = this.#upToDate(column).nearest(columnOf(scope), question, least, now)
    if (best === undefined) return undefined
    const { database, path } = this.#context
    const row = database
      .query("SELECT answer, kept_at, expires_at FROM near WHERE id = ? AND tenant = ?")
      .get(best.id, column)
    // Another worker may have dropped it.
    if (row === null) return undefined
    const { answer, kept_at, expires_at } = rowOf(ANSWER_ROW, row, path)
    return { text: answer, keptAt: kept_at, expiresAt: expires_at, similarity: Math.min(1, best.similarity) }
  }

  keep(
    tenant: string,
    scope: string,
    question: Embedding,
    { text }: WholeAnswer,
    now: number,
    expiresAt: number,
  ): void {
    const column = columnOf(tenant)
    const { database } = this.#context
    database
      .query("INSERT INTO near (tenant, scope, vector, answer, kept_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)")
      .run(column, columnOf(scope), bytesOf(question), text, now, expiresAt)
    const vectors = this.#upToDate(column)
    if (vectors.count > this.#limits.perTenant) this.#dropOldest(column, vectors, now)
  }

  /** With what this and other workers have kept since it was last read. */
  #upToDate(tenant: string): TenantVectors {
    const { database, path } = this.#context
    const vectors = this.#tenants.get(tenant) ?? new TenantVectors()
    this.#tenants.delete(tenant)
    this.#tenants.set(tenant, vectors)
    const rows = database
      .query("SELECT id, scope, vector, expires_at FROM near WHERE tenant = ? AND id > ? ORDER BY id")
      .all(tenant, vectors.newest)
    for (const row of rows) {
      const { id, scope, vector, expires_at } = rowOf(VECTOR_ROW, row, path)
      vectors.add(scope, vectorOf(vector), id, expires_at)
    }
    if (rows.length > 0) this.#makeRoom(tenant)
    return vectors
  }

  #dropOldest(tenant: string, vectors: TenantVectors, now: number): void {
    const { database, path } = this.#context
    const left = Math.ceil(this.#limits.perTenant * (1 - DROPPED_SHARE))
    const row = database
      .query("SELECT id FROM near WHERE tenant = ? ORDER BY id DESC LIMIT 1 OFFSET ?")
      .get(tenant, left)
    if (row === null) return
    const { id } = rowOf(ID_ROW, row, path)
    database.query("DELETE FROM near WHERE tenant = ? AND id <= ?").run(tenant, id)
    vectors.dropUpTo(id, now)
  }

  #makeRoom(asked: string): void {
    let count = 0
    for (const it of this.#tenants.values()) count += it.count
    for (const [tenant, { count: held }] of this.#tenants) {
      if (count <= this.#limits.inMemory) return
      if (tenant === asked) continue
      this.#tenants.delete(tenant)
      count -= held
    }
  }
}
