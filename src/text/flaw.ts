import type { Path } from "./path.ts"

/** What is wrong at an offset, before lines and paths are known. */
export interface Flaw {
  readonly severity: "error" | "warning"
  readonly offset: number
  readonly message: string
  readonly expected?: string
  readonly hint?: string
  readonly path?: Path
}

export interface Range {
  readonly start: number
  readonly end: number
}
