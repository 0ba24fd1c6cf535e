import { closeSync, openSync, readSync } from "node:fs"
import { Failure } from "./failure.ts"

const CHUNK = 1024 * 1024

/**
 * The text of a file, a pipe or, for `-`, standard input: at most its first `most` bytes, so that what has no end
 * (`/dev/zero`) takes no more. Where there is more, that is told on standard error.
 */
export function beginningOf(path: string, most: number): string {
  try {
    const file = path === "-" ? 0 : openSync(path, "r")
    try {
      const { bytes, isAll } = read(file, most)
      if (!isAll) process.stderr.write(`${path} is longer than ${most} bytes; its beginning was read\n`)
      return bytes.toString("utf8")
    } finally {
      if (file !== 0) closeSync(file)
    }
  } catch (error) {
    throw new Failure(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function read(file: number, most: number): { readonly bytes: Buffer; readonly isAll: boolean } {
  const chunks: Buffer[] = []
  for (let total = 0; total <= most; ) {
    const chunk = Buffer.alloc(Math.min(CHUNK, most + 1 - total))
    const length = chunk.length === 0 ? 0 : readSync(file, chunk, 0, chunk.length, null)
    if (length === 0) return { bytes: Buffer.concat(chunks), isAll: true }
    chunks.push(chunk.subarray(0, length))
    total += length
  }
  return { bytes: Buffer.concat(chunks).subarray(0, most), isAll: false }
}
