import { z } from "zod"

export const ANSWER_ROW = z.object({ answer: z.string(), kept_at: z.int(), expires_at: z.int() })
export const VECTOR_ROW = z.object({
  id: z.int(),
  scope: z.string(),
  vector: z.instanceof(Uint8Array),
  expires_at: z.int(),
})
export const ID_ROW = z.object({ id: z.int() })
export const SIZE_ROW = z.object({ bytes: z.int() })

/** As a column, whatever it holds: also a zero byte and half a pair, which SQLite would confuse with others. */
export const columnOf = (text: string): string => JSON.stringify(text)

export const bytesOf = (vector: Float32Array): Uint8Array =>
  new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)

/** Copied, as the bytes may begin anywhere and numbers may not. */
export const vectorOf = (bytes: Uint8Array): Float32Array => new Float32Array(bytes.slice().buffer)
