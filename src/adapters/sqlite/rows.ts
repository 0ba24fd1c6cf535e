import type { ZodType } from "zod"
import { damage } from "./sqlite-fault.ts"

/** A row as the type it must have. A file from elsewhere may hold anything. @throws StoreFault naming the file. */
export function rowOf<T>(schema: ZodType<T>, row: unknown, path: string): T {
  const read = schema.safeParse(row)
  if (read.success) return read.data
  throw damage(path, read.error.issues.map((it) => `${it.path.join(".")}: ${it.message}`).join("; "))
}
