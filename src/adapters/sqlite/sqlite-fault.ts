import { SQLiteError } from "bun:sqlite"
import { StoreFault } from "../../ports/store.ts"

/** What an operator needs to hear of a failure in the file at `path`. */
export function faultOf(error: unknown, path: string): StoreFault {
  if (error instanceof StoreFault) return error
  const detail = error instanceof Error ? error.message : String(error)
  return new StoreFault(`${sentence(codeOf(error), path)} (${detail})`, { cause: error })
}

/** Whether another process is writing, so that trying again is all it takes. */
export const isBusy = (error: unknown): boolean => codeOf(error).startsWith("SQLITE_BUSY")

const codeOf = (error: unknown): string => (error instanceof SQLiteError ? (error.code ?? "") : "")

function sentence(code: string, path: string): string {
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT")) return damaged(path)
  if (code.startsWith("SQLITE_BUSY")) return `"${path}" is being written by another process. Try again when it is done.`
  if (code === "SQLITE_FULL")
    return `"${path}" cannot grow: the disk is full. Free some space; what is pending is written then.`
  if (code.startsWith("SQLITE_CANTOPEN")) {
    return `"${path}" cannot be opened. See that it is a file, and that this user may read and write it and its directory.`
  }
  if (code.startsWith("SQLITE_READONLY"))
    return `"${path}" may not be written by this user, or was opened to read only.`
  if (code.startsWith("SQLITE_IOERR")) return `"${path}" cannot be read or written: the disk reports an error.`
  return `"${path}" does not do what it was asked.`
}

const damaged = (path: string): string =>
  `"${path}" is damaged, or is not a file of Pinpoint's. Put back a backup of it, or move it away to begin with an empty one.`

/** For what reads well as a database and still cannot be what was written. */
export const damage = (path: string, detail: string): StoreFault => new StoreFault(`${damaged(path)} (${detail})`)
