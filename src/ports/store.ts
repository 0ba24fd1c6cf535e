import type { KeyStore } from "./keys.ts"
import type { Ledger } from "./ledger.ts"
import type { PlanStore, RecordStore } from "./records.ts"
import type { ManagementToken } from "./tokens.ts"

/** Everything that outlives the process, opened together and closed together. */
export interface Store {
  readonly keys: KeyStore
  readonly records: RecordStore
  readonly plans: PlanStore
  readonly token: ManagementToken
  readonly ledger: Ledger
  /** Writes what is pending and lets go of the files. Never throws; the store must not be used afterwards. */
  close(): void
}

/** The store cannot do what it was asked: unreadable, damaged, full, made by a newer version. The message names the place and the way out. */
export class StoreFault extends Error {
  override readonly name = "StoreFault"
}
