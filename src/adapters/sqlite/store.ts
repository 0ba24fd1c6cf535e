import { mkdirSync } from "node:fs"
import { join } from "node:path"
import type { Store, StoreFault } from "../../ports/store.ts"
import { CONTROL_SCHEMA } from "./control-schema.ts"
import type { FileContext } from "./file-context.ts"
import { SqliteKeyStore } from "./key-store.ts"
import { SqliteLedger } from "./ledger.ts"
import { LEDGER_SCHEMA } from "./ledger-schema.ts"
import { SqliteManagementToken } from "./management-token.ts"
import { openDatabase } from "./open-database.ts"
import { SqlitePlanStore } from "./plan-store.ts"
import { SqliteRecordStore } from "./record-store.ts"
import { RECORDS_SCHEMA } from "./records-schema.ts"
import type { Schema } from "./schema.ts"
import { faultOf } from "./sqlite-fault.ts"

export interface StoreOptions {
  /** Makes nothing and changes nothing; whatever would is a StoreFault. */
  readonly readonly?: boolean
  /** Told of what goes wrong where nobody can be told by throwing: a failed write of records, an unreadable change of keys. Must not throw. */
  readonly onFault?: (fault: StoreFault) => void
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

/**
 * Opens the store in a directory, beside any other threads and processes that have it open; makes both when missing, for
 * this user's eyes only. @throws StoreFault
 */
export function openStore(directory: string, options: StoreOptions = {}): Store {
  const { readonly = false, onFault = toStandardError, now = Date.now } = options
  if (!readonly) makeDirectory(directory)
  const opened = (file: string, schema: Schema): FileContext => {
    const path = join(directory, file)
    return { database: openDatabase(path, schema, readonly), path, now, onFault }
  }
  const control = opened("control.db", CONTROL_SCHEMA)
  let history: FileContext | undefined
  let money: FileContext | undefined
  try {
    history = opened("records.db", RECORDS_SCHEMA)
    money = opened("ledger.db", LEDGER_SCHEMA)
    return assembled(control, history, money)
  } catch (error) {
    control.database.close()
    history?.database.close()
    money?.database.close()
    throw faultOf(error, control.path)
  }
}

function assembled(control: FileContext, history: FileContext, money: FileContext): Store {
  const keys = new SqliteKeyStore(control)
  const records = new SqliteRecordStore(history)
  return {
    keys,
    records,
    plans: new SqlitePlanStore(control),
    token: new SqliteManagementToken(control),
    ledger: new SqliteLedger(money),
    close: () => {
      keys.close()
      records.close()
      control.database.close()
      history.database.close()
      money.database.close()
    },
  }
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw faultOf(error, directory)
  }
}

const toStandardError = (fault: StoreFault): void => console.error(fault.message)
