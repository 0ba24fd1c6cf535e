import { readMode } from "../mode-text.ts"
import type { Entry } from "../tree.ts"

/** What one line says of one entry; names as written, and only what is certain. */
export interface Sighting {
  /** As written: absolute, or relative to where the listing was made. */
  readonly name: string
  readonly kind: Entry["kind"]
  readonly mode: number
  readonly user?: string
  readonly group?: string
  /** A `+` behind the mode: it has an access control list. */
  readonly hasAcl?: boolean
  readonly target?: string
  readonly size?: number
}

/** The word that shows a kind and nine bits, with the mark of what comes on top: `+` list, `.` SELinux, `@` attributes. */
export function readModeWord(text: string): (Pick<Entry, "kind" | "mode"> & { readonly hasAcl?: true }) | undefined {
  const mark = text.charAt(10)
  if (text.length > 11 || (mark !== "" && !"+.@".includes(mark))) return undefined
  // namei shows where something is mounted.
  const mode = readMode(text.slice(0, 10).replace(/^D/, "d"))
  return mode === undefined ? undefined : { ...mode, ...(mark === "+" ? { hasAcl: true } : {}) }
}
