import { type Json, type JsonObject, listAt, own, textAt } from "../../mcp/json.ts"
import { NO_FIELDS, NOBODY, type Peer, ServerFault } from "./peer.ts"

/** Pages and entries past which a list is not read on: a server that never ends would fill the memory. */
const MOST_PAGES = 100
const MOST_ENTRIES = 10_000

/** All pages of a list, and the least time the server says it holds, in milliseconds; 0 where it does not say. */
export interface WholeList {
  readonly entries: readonly Json[]
  readonly ttlMs: number
}

/**
 * Reads a list to its end. A server that does not have the method has an empty list.
 *
 * @throws ServerFault also where the server answers with another error, or goes on without end.
 */
export async function wholeList(peer: Peer, method: string, member: string, meta: JsonObject): Promise<WholeList> {
  const entries: Json[] = []
  let cursor: string | undefined
  let ttlMs = Number.POSITIVE_INFINITY
  for (let page = 0; page < MOST_PAGES; page++) {
    const params = {
      ...(cursor === undefined ? {} : { cursor }),
      ...(Object.keys(meta).length === 0 ? {} : { _meta: meta }),
    }
    const outcome = await peer.call({ method, params, fields: NO_FIELDS }, NOBODY).outcome
    if (outcome.kind === "error") {
      if (outcome.error.code === -32601) return { entries: [], ttlMs: 0 }
      throw new ServerFault("malformed", `${method} failed with ${outcome.error.code}`)
    }
    for (const entry of listAt(outcome.result, member)) entries.push(entry)
    const told = own(outcome.result, "ttlMs")
    ttlMs = Math.min(ttlMs, typeof told === "number" && told > 0 ? told : 0)
    const next = textAt(outcome.result, "nextCursor")
    if (next === undefined || next === "") return { entries, ttlMs }
    if (next === cursor) throw new ServerFault("malformed", `${method} goes round in circles`)
    if (entries.length > MOST_ENTRIES) break
    cursor = next
  }
  throw new ServerFault("malformed", `${method} has more than ${MOST_ENTRIES} entries or ${MOST_PAGES} pages`)
}
