import type { Database } from "bun:sqlite"
import type { StoreFault } from "../../ports/store.ts"

/** An open database file, and what everything kept in it shares. */
export interface FileContext {
  readonly database: Database
  /** As faults name it. */
  readonly path: string
  readonly now: () => number
  /** Told of what goes wrong where nobody can be told by throwing. Must not throw. */
  readonly onFault: (fault: StoreFault) => void
}
