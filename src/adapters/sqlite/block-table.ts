import type { Database } from "bun:sqlite"
import { z } from "zod"
import type { DecisionRecord, RecordQuery } from "../../ports/records.ts"
import { type Block, bucketOf, causeMark } from "./block.ts"
import { BlockReader } from "./block-reader.ts"
import { BlockWriter } from "./block-writer.ts"
import { rowOf } from "./rows.ts"

/** Blocks forgotten in one transaction, so that writers need not wait for all of them. */
const SLICE = 50

const BODY = z.object({ body: z.instanceof(Uint8Array) })
const DATED = z.object({ last_id: z.string(), body: z.instanceof(Uint8Array) })
const OLD = z.object({ block: z.int(), last_at: z.int(), count: z.int() })

/** The table of blocks. */
export class BlockTable {
  readonly #database: Database
  readonly #path: string

  constructor(database: Database, path: string) {
    this.#database = database
    this.#path = path
  }

  /** All of them or none. */
  insert(blocks: readonly Block[]): void {
    const insertAll = (): void => {
      for (const block of blocks) this.#insert(block)
    }
    // One statement is a transaction already.
    if (blocks.length === 1) insertAll()
    else this.#database.transaction(insertAll).immediate()
  }

  find(id: string): DecisionRecord | undefined {
    const rows = this.#database
      .query("SELECT body FROM blocks WHERE last_id >= ? AND last_id < ? AND first_id <= ?")
      // All ids of the bucket are less than the bucket's name followed by what no id contains.
      .iterate(id, `${bucketOf(id)}~`, id)
    for (const row of rows) {
      const record = BlockReader.ofBody(rowOf(BODY, row, this.#path).body, this.#path).find(id)
      if (record !== undefined) return record
    }
    return undefined
  }

  /** Blocks that may hold what is asked for, by their newest record, newest first; read only as far as they are taken. */
  *newest({ verdict, cause }: RecordQuery): Generator<{ readonly lastId: string; readonly reader: BlockReader }> {
    const rows = this.#database
      .query(
        `SELECT last_id, body FROM blocks
         WHERE (?1 IS NOT 'deny' OR denied > 0) AND (?1 IS NOT 'permit' OR denied < count)
           AND (?2 IS NULL OR instr(causes, ?2) > 0)
         ORDER BY last_id DESC`,
      )
      .iterate(verdict ?? null, cause === undefined ? null : causeMark(cause))
    for (const row of rows) {
      const { last_id, body } = rowOf(DATED, row, this.#path)
      yield { lastId: last_id, reader: BlockReader.ofBody(body, this.#path) }
    }
  }

  /** Returns how many records were forgotten. */
  prune(before: number): number {
    const forget = this.#database.transaction(() => this.#pruneSlice(before))
    let forgotten = 0
    for (let more = true; more; ) {
      const slice = forget.immediate()
      forgotten += slice.forgotten
      more = slice.more
    }
    return forgotten
  }

  #pruneSlice(before: number): { readonly forgotten: number; readonly more: boolean } {
    const rows = this.#database
      .query("SELECT block, last_at, count FROM blocks WHERE first_at < ? ORDER BY first_at LIMIT ?")
      .all(before, SLICE)
      .map((row) => rowOf(OLD, row, this.#path))
    let forgotten = 0
    for (const { block, last_at, count } of rows) {
      const kept = last_at < before ? 0 : this.#keepSince(before, block)
      this.#database.query("DELETE FROM blocks WHERE block = ?").run(block)
      forgotten += count - kept
    }
    return { forgotten, more: rows.length === SLICE }
  }

  /** Writes those of a block's records that are young enough as another block. Returns how many they are. */
  #keepSince(before: number, block: number): number {
    const row = this.#database.query("SELECT body FROM blocks WHERE block = ?").get(block)
    const writer = new BlockWriter()
    for (const record of BlockReader.ofBody(rowOf(BODY, row, this.#path).body, this.#path).records()) {
      if (record.at >= before) writer.append(record)
    }
    this.#insert(writer.block())
    return writer.count
  }

  #insert({ firstId, lastId, firstAt, lastAt, count, denied, causes, body }: Block): void {
    this.#database
      .query(
        `INSERT INTO blocks (first_id, last_id, first_at, last_at, count, denied, causes, body)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(firstId, lastId, firstAt, lastAt, count, denied, causes, body)
  }
}
