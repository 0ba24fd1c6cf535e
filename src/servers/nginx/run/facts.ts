import { type Fact, readFact } from "../../../decision/fact.ts"
import type { Party } from "../../../decision/party.ts"
import { UNKNOWN, type Unknown, type Value } from "../../../decision/value.ts"
import type { Exchange } from "./exchange.ts"

const fact = <T extends Value>(name: string, party: Party, read: (exchange: Exchange) => T | Unknown) =>
  readFact<T, Exchange>({ name, since: "wire", party, shownTo: "operator", read, source: ({ seen }) => seen.at })

export const clientAddress = fact("client.address", "caller", (it) => it.clientText)
export const requestMethod = fact("request.method", "caller", (it) => it.method)
export const requestPath = fact("request.path", "caller", (it) => it.path)
export const requestFault = fact<string | null>("request.fault", "caller", (it) => it.seen.kind ?? null)
export const requestUser = fact<string | null>("request.user", "caller", (it) => it.credentials?.user ?? null)
export const passwordFits = fact("request.password-fits", "caller", (it) => it.seen.isTrue ?? UNKNOWN)
export const bodyLength = fact("body.length", "caller", (it) => Number(it.headers.first("content_length") ?? 0))
export const comesFromInside = fact("request.comes-from-inside", "nobody", (it) => it.isInternal)
export const serverFault = fact<string | null>("server.fault", "operator", (it) => it.seen.kind ?? null)
export const fileKind = fact("file.kind", "operator", (it) => it.seen.kind ?? UNKNOWN)
export const fileIsThere = fact("file.test", "operator", (it) => it.seen.isTrue ?? UNKNOWN)
export const namesThere = fact("directory.names", "operator", (it) => it.seen.names ?? UNKNOWN)
export const listsDirectories = fact("location.autoindex", "operator", (it) => it.settings.autoindex !== undefined)
export const authStatus = fact("auth.status", "operator", (it) => Number(it.seen.kind ?? 0))

const OF_CALLERS =
  /^(?:http_|arg_|cookie_|args$|query_string$|uri$|document_uri$|request|remote_|host$|scheme$|invalid_referer$)/
const made = new Map<string, Fact<string, Exchange>>()
/** Names come from configurations, of which there may be many. */
const MOST_MADE = 10_000

/** The value of a variable, told with the line that gave it. */
export function variableFact(name: string): Fact<string, Exchange> {
  const known = made.get(name)
  if (known !== undefined) return known
  const party = OF_CALLERS.test(name) ? "caller" : "operator"
  const fresh = readFact<string, Exchange>({
    name: `$${name}`,
    since: "wire",
    party,
    shownTo: "operator",
    read: (exchange) => exchange.variable(name),
    source: (exchange) => exchange.sourceOf(name),
  })
  if (made.size >= MOST_MADE) made.clear()
  made.set(name, fresh)
  return fresh
}
