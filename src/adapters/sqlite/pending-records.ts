import type { DecisionRecord } from "../../ports/records.ts"
import { type Block, bucketOf } from "./block.ts"
import { BlockReader } from "./block-reader.ts"
import { BlockWriter } from "./block-writer.ts"

/** Records not yet written, encoded, by bucket: mostly one, and a few stragglers. */
export class PendingRecords {
  readonly #writers = new Map<string, BlockWriter>()
  /** The bucket last written to, so that a record mostly costs no lookup. */
  #bucket = ""
  #writer = new BlockWriter()
  #count = 0
  #bytes = 0

  get count(): number {
    return this.#count
  }

  get bytes(): number {
    return this.#bytes
  }

  append(record: DecisionRecord): void {
    if (this.#count === 0 || !record.id.startsWith(this.#bucket)) this.#turnTo(bucketOf(record.id))
    const before = this.#writer.length
    this.#writer.append(record)
    this.#bytes += this.#writer.length - before
    this.#count++
  }

  blocks(): Block[] {
    return [...this.#writers.values()].filter((it) => it.count > 0).map((it) => it.block())
  }

  clear(): void {
    this.#writers.clear()
    this.#writer.reset()
    this.#count = 0
    this.#bytes = 0
  }

  find(id: string, path: string): DecisionRecord | undefined {
    const writer = this.#writers.get(bucketOf(id))
    return writer && new BlockReader(writer.text(), path).find(id)
  }

  readers(path: string): BlockReader[] {
    return [...this.#writers.values()].map((it) => new BlockReader(it.text(), path))
  }

  #turnTo(bucket: string): void {
    // The writer left over from the last flush has room already.
    const writer = this.#writers.get(bucket) ?? (this.#writers.size === 0 ? this.#writer : new BlockWriter())
    this.#writers.set(bucket, writer)
    this.#bucket = bucket
    this.#writer = writer
  }
}
