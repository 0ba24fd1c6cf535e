import { CAUSES } from "./catalogue.gen.ts"
import type { DocumentedCause } from "./cause.ts"

const BY_CODE: ReadonlyMap<string, DocumentedCause> = new Map(CAUSES.map((it) => [it.code, it]))

export const causeOf = (code: string): DocumentedCause | undefined => BY_CODE.get(code)

/** The cause of a code that is known to have a file, as those of faults are: a test holds both lists together. */
export function mustHaveCause(code: string): DocumentedCause {
  const found = BY_CODE.get(code)
  if (found === undefined) throw new Error(`no file in src/causes is for ${code}`)
  return found
}
