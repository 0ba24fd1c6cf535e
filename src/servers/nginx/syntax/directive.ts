import type { Source } from "../../../decision/source.ts"

/** One argument of a directive, as nginx reads it: quotation marks taken off, escapes resolved. */
export interface Word {
  readonly text: string
  readonly line: number
  readonly column: number
  /** Offsets in the text of its file, quotation marks included. */
  readonly start: number
  readonly end: number
}

/** One directive and, where it opens a block, what stands in it; included files are already in their place. */
export interface Directive {
  readonly name: string
  readonly args: readonly Word[]
  readonly block: readonly Directive[] | undefined
  /** Its `path` is its place in the whole configuration: `http.server[0].location[2].deny[1]`. */
  readonly at: Required<Source>
  /** Offsets in the text of its file: from the name to behind `;` or `}`. */
  readonly start: number
  readonly end: number
  /** Behind the `{` of its block; `end` where there is none. */
  readonly inside: number
  /** Something in the block could not be read: an `include` of a file that was not given, or a part left out. */
  readonly gaps: readonly Gap[]
}

export interface Gap {
  readonly what: string
  readonly at: Required<Source>
}
