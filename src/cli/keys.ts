import { lineOf } from "../decision/source.ts"
import { keyFacts } from "../management/key-facts.ts"
import { unknownGroup } from "../management/known-group.ts"
import type { Key } from "../ports/keys.ts"
import { KeyFault } from "../ports/keys.ts"
import type { Membership } from "../ports/model-limits.ts"
import type { Store } from "../ports/store.ts"
import { currentPlan } from "./current-plan.ts"
import { Failure } from "./failure.ts"
import { type LimitOptions, limitsOf, limitsSaid, membershipOf } from "./key-limits.ts"
import { columns } from "./style.ts"
import { changing, reading } from "./with-store.ts"

interface KeyOptions {
  readonly data: string
  readonly json: boolean
}

export async function createKey(
  name: string,
  options: KeyOptions & LimitOptions & { readonly scopes?: string; readonly expires?: string },
): Promise<void> {
  const expiresAt = options.expires === undefined ? {} : { expiresAt: momentOf(options.expires) }
  const membership = membershipOf(options)
  const limits = limitsOf(options)
  const { key, secret } = await changing(options.data, (store) => {
    mustNotBeWritten(name, store)
    mustBeConfigured(membership, store)
    const scopes = listOf([options.scopes ?? ""])
    return toldFaults(() => store.keys.create({ name, scopes, ...expiresAt, ...membership, limits }))
  })
  if (options.json) console.log(JSON.stringify({ ...keyFacts(key), secret }, null, 2))
  else {
    console.log(secret)
    console.error(`This is the secret of the key "${name}". It is shown this once; only its hash is kept.`)
  }
}

export async function listKeys({ data, json }: KeyOptions): Promise<void> {
  const keys = await reading(data, (store) => {
    const written = writtenKeys(store)
    return [...written, ...store.keys.list().filter((it) => !written.some(({ name }) => name === it.name))]
  })
  if (json) console.log(JSON.stringify(keys.map(keyFacts), null, 2))
  else if (keys.length === 0) console.log("There is no key yet. Make one: pinpoint keys create NAME --scopes LIST")
  else console.log(columns([["name", "key", "status", "scopes", "made", "kept at"], ...keys.map(row)]))
}

export async function revokeKey(name: string, { data, json }: KeyOptions): Promise<void> {
  const key = await changingKey(name, data, ({ keys }) => keys.revoke(name))
  told(key, json, `The key "${name}" opens nothing any more.`)
}

export async function grantKey(name: string, scopes: readonly string[], { data, json }: KeyOptions): Promise<void> {
  const key = await changingKey(name, data, ({ keys }, held) =>
    keys.rescope(name, [...new Set([...held.scopes, ...listOf(scopes)])]),
  )
  told(key, json, `The key "${name}" now holds ${key.scopes.join(", ") || "no scope"}.`)
}

/** `keys limit`: what the key may use of models; what is not told stays. */
export async function limitKey(name: string, options: KeyOptions & LimitOptions): Promise<void> {
  const membership = membershipOf(options)
  const limits = limitsOf(options)
  const key = await changingKey(name, options.data, (store) => {
    mustBeConfigured(membership, store)
    return store.keys.amend(name, { ...membership, limits })
  })
  told(key, options.json, `The key "${name}" ${limitsSaid(key)}.`)
}

/** Changes a key that is there, so nothing is made by a slip in --data. */
async function changingKey(name: string, data: string, change: (store: Store, held: Key) => Key): Promise<Key> {
  await reading(data, (store) => mustBeStored(name, store))
  return changing(data, (store) => toldFaults(() => change(store, mustBeStored(name, store))))
}

function mustBeStored(name: string, store: Store): Key {
  const held = store.keys.named(name)
  if (held !== undefined) return held
  mustNotBeWritten(name, store)
  throw new Failure(`There is no key named "${name}"; \`pinpoint keys list\` shows those there are.`)
}

function mustNotBeWritten(name: string, store: Store): void {
  const written = writtenKeys(store).find((it) => it.name === name)
  if (written === undefined) return
  throw new Failure(`The key "${name}" is written in the configuration, at ${lineOf(written.source)}: change it there.`)
}

const writtenKeys = (store: Store): readonly Key[] =>
  (currentPlan(store)?.keys ?? []).map((it) => ({
    ...it,
    status: "active",
    prefix: "",
  }))

/** Where a gateway has run, it is known which teams there are. */
function mustBeConfigured(membership: Membership, store: Store): void {
  const groups = currentPlan(store)?.groups
  const fault = groups === undefined ? undefined : unknownGroup(membership, groups)
  if (fault !== undefined) throw new Failure(fault)
}

function toldFaults<T>(change: () => T): T {
  try {
    return change()
  } catch (error) {
    if (error instanceof KeyFault) throw new Failure(error.message)
    throw error
  }
}

function told(key: Key, json: boolean, said: string): void {
  console.log(json ? JSON.stringify(keyFacts(key), null, 2) : said)
}

const row = ({ name, prefix, status, scopes, createdAt, source }: Key): readonly string[] => [
  name,
  prefix === "" ? "-" : `${prefix}…`,
  status,
  scopes.join(" ") || "-",
  createdAt === undefined ? "-" : new Date(createdAt).toISOString().slice(0, 19),
  source.file === "store" ? "store" : lineOf(source),
]

/** Scopes, separated by commas or blanks. */
const listOf = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((it) => it.split(/[\s,]+/)).filter((it) => it !== "")

function momentOf(text: string): number {
  const moment = Date.parse(text)
  if (Number.isNaN(moment)) throw new Failure(`--expires takes a date such as 2027-01-31, not "${text}".`)
  if (moment <= Date.now()) throw new Failure(`--expires takes a date to come, and ${text} is past.`)
  return moment
}
