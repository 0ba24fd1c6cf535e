/** Records written together, as one row. Their ids share a bucket. */
export interface Block {
  readonly firstId: string
  readonly lastId: string
  /** Whole milliseconds that enclose the records'. */
  readonly firstAt: number
  readonly lastAt: number
  readonly count: number
  readonly denied: number
  /** Each cause once, each between line feeds. */
  readonly causes: string
  /** Text as `BlockWriter` writes it, compressed: so little is left to write that checkpoints no longer stall requests. */
  readonly body: Uint8Array
}

/**
 * The first 36 bits of a UUIDv7: about four seconds of time.
 *
 * An answer that streams for minutes is recorded at its end, under an id from its beginning. Were it put into one block with
 * the records of that moment, the block would span those minutes and every search in them would have to read it.
 */
export const bucketOf = (id: string): string => id.slice(0, 10)

export const causeMark = (cause: string): string => `\n${cause}\n`
