import { existsSync } from "node:fs"
import { openStore } from "../adapters/sqlite/store.ts"
import type { Store } from "../ports/store.ts"
import { Failure } from "./failure.ts"

/** Reads the store in a gateway's directory, whether one runs on it or not; makes nothing. */
export async function reading<T>(data: string, read: (store: Store) => T | Promise<T>): Promise<T> {
  if (!existsSync(data))
    throw new Failure(
      `There is no directory ${data}: no gateway has run here. Start one with \`pinpoint up\`, or name its directory with --data DIR.`,
    )
  return closing(openStore(data, { readonly: true }), read)
}

/** The same for a change; the store is made where there is none, which is said, as it may be a slip. */
export async function changing<T>(data: string, change: (store: Store) => T | Promise<T>): Promise<T> {
  const isNew = !existsSync(data)
  const store = openStore(data)
  if (isNew) console.error(`There was no directory ${data}; it was made. A gateway uses it with --data ${data}.`)
  return closing(store, change)
}

async function closing<T>(store: Store, use: (store: Store) => T | Promise<T>): Promise<T> {
  try {
    return await use(store)
  } finally {
    store.close()
  }
}
