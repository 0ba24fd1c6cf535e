import type { Source } from "../../decision/source.ts"
import type { ConfigFault } from "./fault.ts"
import type { Path } from "./path.ts"

/** A configuration file as read: its value and, for every place in it, where that is written. */
export interface Document {
  readonly file: string
  /** Plain objects, lists, strings, numbers, booleans, null; undefined where the text holds nothing. */
  readonly value: unknown
  readonly faults: readonly ConfigFault[]
  /** Where the value at `path` is written; of the nearest existing ancestor where there is none, with the full path. */
  sourceAt(path: Path): Source
  /** The same of the key that holds the value; of the value itself in a list and at the top. */
  keySourceAt(path: Path): Source
  /** The scalar as the file writes it, `${…}` and all, without its quotation marks; undefined for anything else. */
  textAt(path: Path): string | undefined
  /** Whether the value, or any inside it, has text from the environment: it may be a secret. */
  isInterpolated(path: Path): boolean
  /** All values taken from the environment (not defaults), longest first, for whoever has to keep them out of a text. */
  readonly secrets: readonly string[]
}
