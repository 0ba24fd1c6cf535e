import { readFact } from "../decision/fact.ts"
import { UNKNOWN } from "../decision/value.ts"
import type { World } from "./world.ts"

export const wireFault = readFact({
  name: "wire.fault",
  since: "wire",
  party: "nobody",
  shownTo: "anonymous",
  read: (world: World): string => world.wireFault,
})
/** An excerpt that never holds a credential (see `Fault.seen`). */
export const wireSeen = readFact({
  name: "wire.seen",
  since: "wire",
  party: "nobody",
  shownTo: "anonymous",
  read: (world: World): string => world.wireSeen,
})
export const clientAddress = readFact({
  name: "client.address",
  since: "edge",
  party: "caller",
  shownTo: "anonymous",
  read: (world: World): string => world.address,
})
export const method = readFact({
  name: "request.method",
  since: "wire",
  party: "caller",
  shownTo: "anonymous",
  read: (world: World): string => world.method,
})
export const host = readFact({
  name: "request.host",
  since: "wire",
  party: "caller",
  shownTo: "anonymous",
  read: (world: World): string => world.host,
})
/** Percent-encoded as it came, without the query, which may hold secrets. */
export const path = readFact({
  name: "request.path",
  since: "wire",
  party: "caller",
  shownTo: "anonymous",
  read: (world: World): string => world.path,
})
/** Bytes; unknown for a body sent in chunks. */
export const declaredLength = readFact({
  name: "body.length",
  since: "content",
  party: "caller",
  shownTo: "anonymous",
  read: (world: World) => world.declaredLength ?? UNKNOWN,
})
/** Bytes, counted while they come. */
export const receivedLength = readFact({
  name: "body.received",
  since: "body",
  party: "caller",
  shownTo: "anonymous",
  read: (world: World): number => world.receivedLength,
})
export const upstreamFault = readFact({
  name: "upstream.fault",
  since: "upstream",
  party: "nobody",
  shownTo: "anonymous",
  read: (world: World): string => world.upstreamFault,
})
/** May name hosts and addresses behind the gateway. */
export const upstreamSeen = readFact({
  name: "upstream.seen",
  since: "upstream",
  party: "nobody",
  shownTo: "operator",
  read: (world: World): string => world.upstreamSeen,
})
