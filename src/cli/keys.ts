import { openStore } from "../adapters/sqlite/store.ts"
import type { Key, KeyStore } from "../ports/keys.ts"
import { KeyFault } from "../ports/keys.ts"
import { Failure } from "./failure.ts"
import { columns } from "./style.ts"

interface KeyOptions {
  readonly data: string
  readonly json: boolean
}

/** Opens the store, whether a gateway runs on it or not: a running one sees the change at once. */
function withKeys<T>(data: string, change: (keys: KeyStore) => T): T {
  const store = openStore(data)
  try {
    return change(store.keys)
  } catch (error) {
    if (error instanceof KeyFault) throw new Failure(error.message)
    throw error
  } finally {
    store.close()
  }
}

export function createKey(
  name: string,
  options: KeyOptions & { readonly scopes?: string; readonly expires?: string },
): void {
  const expiresAt = options.expires === undefined ? {} : { expiresAt: momentOf(options.expires) }
  const { key, secret } = withKeys(options.data, (keys) =>
    keys.create({ name, scopes: listOf(options.scopes), ...expiresAt }),
  )
  if (options.json) console.log(JSON.stringify({ ...key, secret }, null, 2))
  else {
    console.log(secret)
    console.error(`This is the key "${name}". It is shown this once; only its hash is kept.`)
  }
}

export function listKeys({ data, json }: KeyOptions): void {
  const keys = withKeys(data, (it) => it.list())
  if (json) console.log(JSON.stringify(keys, null, 2))
  else if (keys.length === 0) console.log("No key was made here yet; those written in a configuration are not listed.")
  else console.log(columns([["name", "key", "status", "scopes", "made"], ...keys.map(row)]))
}

export function revokeKey(name: string, { data, json }: KeyOptions): void {
  told(
    withKeys(data, (keys) => keys.revoke(name)),
    json,
    `The key "${name}" opens nothing any more.`,
  )
}

export function grantKey(name: string, scopes: readonly string[], { data, json }: KeyOptions): void {
  const key = withKeys(data, (keys) => {
    const held = keys.named(name)?.scopes ?? []
    return keys.rescope(name, [...new Set([...held, ...scopes])])
  })
  told(key, json, `The key "${name}" now holds ${key.scopes.join(", ") || "no scope"}.`)
}

function told(key: Key, json: boolean, said: string): void {
  console.log(json ? JSON.stringify(key, null, 2) : said)
}

const row = ({ name, prefix, status, scopes, createdAt }: Key): readonly string[] => [
  name,
  `${prefix}…`,
  status,
  scopes.join(" ") || "-",
  createdAt === undefined ? "" : new Date(createdAt).toISOString().slice(0, 19),
]

const listOf = (text: string | undefined): readonly string[] => (text ?? "").split(/[\s,]+/).filter((it) => it !== "")

function momentOf(text: string): number {
  const moment = Date.parse(text)
  if (Number.isNaN(moment)) throw new Failure(`--expires takes a date such as 2027-01-31, not "${text}".`)
  return moment
}
