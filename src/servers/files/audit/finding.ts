import type { Severity } from "../../audit/finding.ts"
import type { Entry } from "../tree.ts"

export const FINDINGS = {
  "way-barred": "error",
  "directory-not-searchable": "error",
  "file-not-readable": "error",
  "htaccess-not-readable": "error",
  "secret-readable": "error",
  "writable-by-all": "error",
  "set-id": "warning",
  "writable-by-worker": "warning",
  "owned-by-worker": "note",
  "link-dangling": "warning",
  "link-barred": "error",
  "link-out-of-root": "warning",
  "directory-without-index": "note",
} as const satisfies Readonly<Record<string, Severity>>
export type FindingName = keyof typeof FINDINGS

/** A change that a person can make: of one entry, to be written as a command; decided again before it is told. */
export interface Change {
  readonly does: string
  readonly written: string
  readonly after: Entry
}

/** One entry with one fault. */
export interface Fault {
  readonly name: FindingName
  readonly path: string
  readonly entry: Entry
  /** What is wrong, as a sentence without its path. */
  readonly why: string
  /** Undefined where no mode mends it. */
  readonly change?: Change
}

/** One fault of many entries. Its JSON is a promise. */
export interface FilesFinding {
  readonly name: FindingName
  readonly severity: Severity
  readonly why: string
  /** Entries that have it. */
  readonly count: number
  /** The first of them. */
  readonly examples: readonly Example[]
}

export interface Example {
  readonly path: string
  /** Kind, mode, owner and group as a listing shows them: `-rw-rw-rw- 0(root) 33(www-data)`. */
  readonly mode: string
  /** The least that mends it and keeps what the server needs; null where that is no matter of modes. */
  readonly change: { readonly does: string; readonly written: string } | null
}
