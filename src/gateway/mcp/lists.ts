import type { Peer } from "../../adapters/mcp/peer.ts"
import { ServerFault } from "../../adapters/mcp/peer.ts"
import { wholeList } from "../../adapters/mcp/whole-list.ts"
import { anyMatches } from "../../config/mcp-clauses.ts"
import { type JsonObject, own, textAt } from "../../mcp/json.ts"
import { ownMeta } from "./catalogue.ts"
import type { ServerEntry, Servers } from "./servers.ts"

/** Milliseconds a server has to give its list, lest one that hangs keeps everybody from all others. */
const TO_LIST = 10_000

export type ListMethod = "tools/list" | "prompts/list" | "resources/list" | "resources/templates/list"

const KINDS = {
  "tools/list": { member: "tools", capability: "tools" },
  "prompts/list": { member: "prompts", capability: "prompts" },
  "resources/list": { member: "resources", capability: "resources" },
  "resources/templates/list": { member: "resourceTemplates", capability: "resources" },
} as const

export const isListMethod = (method: string): method is ListMethod => Object.hasOwn(KINDS, method)

/** What a caller may be told of. */
export interface Listing {
  readonly servers: Servers
  readonly peer: (server: ServerEntry) => Promise<Peer>
  /** Patterns of what the caller may use. */
  readonly allowed: readonly string[]
}

interface Listed {
  readonly server: ServerEntry
  readonly entries: readonly JsonObject[]
  readonly ttlMs: number
  readonly fault: ServerFault | undefined
}

/**
 * One list of all servers, of what the caller may use and nothing else. Servers that cannot be asked are named in `_meta`.
 *
 * @throws ServerFault where none can be.
 */
export async function listOf(method: ListMethod, listing: Listing): Promise<JsonObject> {
  const { member } = KINDS[method]
  const listed = await Promise.all(listing.servers.all.map((server) => listedBy(method, server, listing)))
  const failed = listed.filter(({ fault }) => fault !== undefined)
  const [first] = failed
  if (first?.fault !== undefined && failed.length === listed.length) throw first.fault
  const ttlMs = failed.length > 0 ? 0 : Math.min(...listed.map((it) => it.ttlMs))
  return {
    [member]: listed.flatMap(({ entries }) => entries),
    ttlMs: Number.isFinite(ttlMs) ? ttlMs : 0,
    cacheScope: "private",
    ...(failed.length === 0 ? {} : { _meta: { "pinpoint/unavailable": failed.map(({ server }) => server.name) } }),
  }
}

async function listedBy(method: ListMethod, server: ServerEntry, listing: Listing): Promise<Listed> {
  const { member, capability } = KINDS[method]
  try {
    return await within(TO_LIST, async () => {
      const peer = await listing.peer(server)
      if (own(peer.capabilities, capability) === undefined)
        return { server, entries: [], ttlMs: Number.POSITIVE_INFINITY, fault: undefined }
      const { entries, ttlMs } = await wholeList(peer, method, member, ownMeta(peer))
      return { server, entries: [...callable(method, entries, server, listing)], ttlMs, fault: undefined }
    })
  } catch (error) {
    if (error instanceof ServerFault) return { server, entries: [], ttlMs: 0, fault: error }
    throw error
  }
}

/** Of entries with one name the first is meant. */
function* callable(
  method: ListMethod,
  entries: readonly unknown[],
  server: ServerEntry,
  { servers, allowed }: Listing,
): Generator<JsonObject> {
  const form = servers.form(server)
  const seen = new Set<string>()
  for (const entry of entries) {
    const told = publicEntry(method, entry, form)
    if (told === undefined) continue
    const name = patternName(method, told, entry, server)
    if (name === undefined || seen.has(name) || !anyMatches(allowed, name)) continue
    seen.add(name)
    yield told
  }
}

type Form = ReturnType<Servers["form"]>

function publicEntry(method: ListMethod, entry: unknown, form: Form): JsonObject | undefined {
  switch (method) {
    case "tools/list":
    case "prompts/list":
      return form.named(entry)
    case "resources/list":
      return form.located(entry, "uri")
    case "resources/templates/list":
      return form.located(entry, "uriTemplate")
  }
}

/** The name that patterns speak of. */
function patternName(
  method: ListMethod,
  told: JsonObject,
  entry: unknown,
  { prefix }: ServerEntry,
): string | undefined {
  if (method === "tools/list" || method === "prompts/list") return textAt(told, "name")
  const member = method === "resources/list" ? "uri" : "uriTemplate"
  const uri = typeof entry === "object" && entry !== null ? Reflect.get(entry, member) : undefined
  return typeof uri === "string" ? prefix + uri : undefined
}

/** @throws ServerFault when it takes longer. */
export async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new ServerFault("timeout", `no answer in ${ms} ms`)), ms)
  try {
    return await Promise.race([work(), promise])
  } finally {
    clearTimeout(timer)
  }
}
