import type { FrameRecord } from "../../decision/record.ts"
import type { Source } from "../../decision/source.ts"
import type { DecisionRecord } from "../../ports/records.ts"
import { type Block, causeMark } from "./block.ts"
import type { BlockHead } from "./block-head.ts"
import { type Shape, sameShape, shapeOf } from "./record-shape.ts"

const INITIAL_BYTES = 1 << 14
const LEVEL = 1
/** No refusal of an upstream is without its status; a record that says otherwise loses nothing but that. */
const UNTOLD = 0

/**
 * Encodes records of one bucket as they come, one line of JSON each:
 * `[id, at, verdict, cause, status, upstreamStatus, requestId, key, took, shape, …values of the facts, …sources]`.
 *
 * What records share is in the block's last line, and they refer to it by number. Measured with twenty facts and six
 * sources: half the time of plain JSON and a third of its bytes, 1 µs a record and 0.5 µs more to compress.
 */
export class BlockWriter {
  #bytes = Buffer.allocUnsafe(INITIAL_BYTES)
  #length = 0
  #shapes: Shape[] = []
  /** By identity, as sources are parts of a plan or of a key; equal ones that are not identical only take more room. */
  #sources = new Map<Source, number>()
  #causes = new Set<string>()
  #count = 0
  #denied = 0
  #firstId = ""
  #lastId = ""
  #firstAt = 0
  #lastAt = 0

  get count(): number {
    return this.#count
  }

  /** Bytes before compression. */
  get length(): number {
    return this.#length
  }

  append(record: DecisionRecord): void {
    this.#write(JSON.stringify(this.#row(record)))
    const { id, at } = record
    if (this.#count === 0 || id < this.#firstId) this.#firstId = id
    if (this.#count === 0 || id > this.#lastId) this.#lastId = id
    if (this.#count === 0 || at < this.#firstAt) this.#firstAt = at
    if (this.#count === 0 || at > this.#lastAt) this.#lastAt = at
    this.#count++
    if (record.verdict === "deny") this.#denied++
    if (record.cause !== undefined) this.#causes.add(record.cause)
  }

  /** The block so far, as text. */
  text(): string {
    return this.#bytes.toString("utf8", 0, this.#length) + this.#head()
  }

  /** The block so far; it can still grow. */
  block(): Block {
    const lines = this.#length
    this.#write(this.#head())
    const body = Bun.zstdCompressSync(this.#bytes.subarray(0, this.#length - 1), { level: LEVEL })
    this.#length = lines
    return {
      firstId: this.#firstId,
      lastId: this.#lastId,
      firstAt: Math.floor(this.#firstAt),
      lastAt: Math.ceil(this.#lastAt),
      count: this.#count,
      denied: this.#denied,
      causes: [...this.#causes].map(causeMark).join(""),
      body,
    }
  }

  /** Makes it ready for another block. */
  reset(): void {
    this.#length = 0
    this.#count = 0
    this.#denied = 0
    this.#shapes = []
    this.#sources = new Map()
    this.#causes = new Set()
  }

  #row(record: DecisionRecord): unknown[] {
    const { facts, sources } = record.frame
    const row: unknown[] = [
      record.id,
      record.at,
      record.verdict,
      // Not undefined: that alone takes JSON.stringify off its fast path, and doubles what a record costs.
      record.cause ?? null,
      record.status,
      // Beside the status, so that rows without one are as they were before there was any.
      upstreamOf(record),
      record.requestId,
      record.key ?? null,
      record.took,
      this.#shape(record.frame),
    ]
    for (const name in facts) row.push(facts[name])
    for (const name in sources) row.push(this.#source(sources[name]))
    return row
  }

  #shape(frame: FrameRecord): number {
    const shape = shapeOf(frame)
    for (let i = this.#shapes.length - 1; i >= 0; i--) {
      const known = this.#shapes[i]
      if (known !== undefined && sameShape(known, shape)) return i
    }
    return this.#shapes.push(shape) - 1
  }

  #source(source: Source | undefined): number {
    if (source === undefined) return -1
    const known = this.#sources.get(source)
    if (known !== undefined) return known
    const number = this.#sources.size
    this.#sources.set(source, number)
    return number
  }

  #head(): string {
    const head: BlockHead = { shapes: this.#shapes, sources: [...this.#sources.keys()] }
    return JSON.stringify(head)
  }

  #write(line: string): void {
    // A UTF-16 unit takes at most three bytes.
    const needed = this.#length + line.length * 3 + 1
    if (needed > this.#bytes.length) this.#grow(needed)
    this.#length += this.#bytes.write(line, this.#length)
    this.#bytes[this.#length++] = 0x0a
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}

function upstreamOf({ upstreamStatus, upstreamRefusal, model }: DecisionRecord): unknown {
  if (model !== undefined) return { status: upstreamStatus, refusal: upstreamRefusal, model }
  return upstreamRefusal === undefined ? (upstreamStatus ?? null) : [upstreamStatus ?? UNTOLD, upstreamRefusal]
}
