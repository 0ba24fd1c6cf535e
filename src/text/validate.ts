import type { z } from "zod"
import type { Document } from "./document.ts"
import type { ConfigFault } from "./fault.ts"
import { faultsOf } from "./issue.ts"
import type { Path } from "./path.ts"
import { Place } from "./place.ts"
import { valueAt } from "./value-at.ts"
import { UNSAID } from "./words.ts"

export interface Validated<T> {
  /** Absent exactly when there are faults. */
  readonly value?: T
  readonly faults: readonly ConfigFault[]
}

/** Holds a document, or the part of it at a path, against a schema; all that does not fit is told at once. */
export function validate<T>(schema: z.ZodType<T>, document: Document, at: Path = []): Validated<T> {
  const result = schema.safeParse(valueAt(document.value, at), { error: () => UNSAID })
  if (result.success) return { value: result.data, faults: [] }
  const whole = new Place(document, [schema], at, [])
  const faults = withoutIdle(result.error.issues).flatMap((issue) => faultsOf(issue, whole))
  const meant = new Set(faults.flatMap((it) => it.meant ?? []))
  // Who wrote `upstrem` knows that there has to be an `upstream`.
  return {
    faults: faults.filter(({ missing }) => missing === undefined || !meant.has(missing)).map(({ fault }) => fault),
  }
}

/** A refinement of a map with a key that is not known judges what was not all read. */
function withoutIdle(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  const unread = new Set(
    issues.filter(({ code }) => code === "unrecognized_keys").map(({ path }) => JSON.stringify(path)),
  )
  return issues.filter(({ code, path }) => code !== "custom" || !unread.has(JSON.stringify(path)))
}
