import type { DecisionRecord, RecordQuery, RecordStore } from "../../ports/records.ts"
import { StoreFault } from "../../ports/store.ts"
import { BlockTable } from "./block-table.ts"
import type { FileContext } from "./file-context.ts"
import { newestRecords } from "./newest-records.ts"
import { PendingRecords } from "./pending-records.ts"
import { faultOf, isBusy } from "./sqlite-fault.ts"

/** With the time a write takes, well under the 100 ms that a record may be at risk. */
const FLUSH_MS = 50
const RETRY_MS = 250

/** Written at once rather than when the time comes, so that no write takes long. */
const LARGE_BYTES = 1 << 20

/** What is held while the disk takes nothing. */
const MOST_RECORDS = 50_000
const MOST_BYTES = 1 << 26

/**
 * Records, gathered in memory and written as blocks.
 *
 * While the disk fails, records are held and tried again; when no more can be held, new ones are dropped and counted. A
 * request never notices.
 */
export class SqliteRecordStore implements RecordStore {
  readonly #context: FileContext
  readonly #table: BlockTable
  readonly #pending = new PendingRecords()
  #timer: ReturnType<typeof setTimeout> | undefined
  /** The last write failed, and the next waits for the timer. */
  #failing = false
  /** What the operator was told of the present outage; each thing once. */
  #toldFailing = false
  #toldDropping = false
  #dropped = 0

  constructor(context: FileContext) {
    this.#context = context
    this.#table = new BlockTable(context.database, context.path)
    this.#hurry()
  }

  get dropped(): number {
    return this.#dropped
  }

  append(record: DecisionRecord): void {
    if (this.#pending.count >= MOST_RECORDS || this.#pending.bytes >= MOST_BYTES) {
      this.#drop(`${this.#pending.count} records wait to be written, and no more can be held`)
      return
    }
    try {
      this.#pending.append(record)
    } catch (error) {
      this.#drop(String(error))
      return
    }
    if (this.#pending.bytes >= LARGE_BYTES && !this.#failing) this.#tryWrite()
    else this.#timer ??= setTimeout(() => this.#tryWrite(), FLUSH_MS).unref()
  }

  flush(): void {
    this.#patiently(() => this.#write())
  }

  find(id: string): DecisionRecord | undefined {
    return this.#reading(() => this.#pending.find(id, this.#context.path) ?? this.#table.find(id))
  }

  recent(query: RecordQuery): readonly DecisionRecord[] {
    const { path } = this.#context
    return this.#reading(() => newestRecords(query, this.#pending.readers(path), this.#table.newest(query)))
  }

  prune(before: number): number {
    return this.#patiently(() => {
      this.#write()
      return this.#table.prune(before)
    })
  }

  /** Writes what is pending if that can be done. */
  close(): void {
    try {
      this.flush()
    } catch (error) {
      this.#dropped += this.#pending.count
      this.#context.onFault(faultOf(error, this.#context.path))
    }
    clearTimeout(this.#timer)
  }

  #write(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#pending.count === 0) return
    this.#table.insert(this.#pending.blocks())
    this.#pending.clear()
    this.#failing = false
    this.#toldFailing = false
    this.#toldDropping = false
  }

  #tryWrite(): void {
    try {
      this.#write()
    } catch (error) {
      this.#failing = true
      this.#timer = setTimeout(() => this.#tryWrite(), isBusy(error) ? FLUSH_MS : RETRY_MS).unref()
      // Another writer was quicker: nothing is wrong.
      if (this.#toldFailing || isBusy(error)) return
      this.#toldFailing = true
      this.#context.onFault(faultOf(error, this.#context.path))
    }
  }

  #drop(why: string): void {
    this.#dropped++
    if (this.#toldDropping) return
    this.#toldDropping = true
    const { path, onFault } = this.#context
    onFault(
      new StoreFault(
        `Decisions are lost: they cannot be written to "${path}". Free the disk, or see why it fails. (${why})`,
      ),
    )
  }

  #reading<T>(read: () => T): T {
    try {
      return read()
    } catch (error) {
      throw faultOf(error, this.#context.path)
    }
  }

  /** For who asked to wait. @throws StoreFault */
  #patiently<T>(work: () => T): T {
    try {
      this.#context.database.run("PRAGMA busy_timeout = 5000")
      return work()
    } catch (error) {
      throw faultOf(error, this.#context.path)
    } finally {
      this.#hurry()
    }
  }

  /** A request must not wait for another process to finish writing: there is another flush soon. */
  #hurry(): void {
    this.#context.database.run("PRAGMA busy_timeout = 20")
  }
}
