import type { StoredPlan } from "../config/stored-plan.ts"
import type { Neighbour } from "../decision/reach.ts"
import { type FrameRecord, replay } from "../decision/record.ts"
import type { Source } from "../decision/source.ts"
import type { DecisionRecord } from "../ports/records.ts"
import { samplePath } from "./sample-path.ts"

/** More are not asked: whoever runs thousands of keys and routes wants the answer while they wait. */
const MOST = 2_000

/** A key as a neighbour needs it. */
export interface KnownKey {
  readonly name: string
  readonly scopes: readonly string[]
  readonly status: string
  readonly source: Source
}

/** Every key on every route, but for the request itself: those whom a change of the configuration might let in beside it. */
export function neighbourhood(
  { plan, routes }: StoredPlan,
  keys: readonly KnownKey[],
  record: DecisionRecord,
): readonly Neighbour<never>[] {
  const own = replay(plan, record.frame)
  const ownTrack = own.select()
  const found: Neighbour<never>[] = []
  for (const key of keys)
    for (const { pattern, host, methods } of routes)
      for (const method of methods) {
        if (found.length >= MOST) return found
        const frame = replay(plan, asked(record, key, method, host, samplePath(pattern)))
        const isItself =
          key.name === record.key && method === record.frame.facts["request.method"] && frame.select() === ownTrack
        if (!isItself) found.push({ name: `${key.name} ${method} ${host ?? ""}${pattern.text}`, frame })
      }
  return found
}

function asked(
  record: DecisionRecord,
  key: KnownKey,
  method: string,
  host: string | undefined,
  path: string,
): FrameRecord {
  const { facts, revision } = record.frame
  const address = facts["client.address"]
  return {
    revision,
    phase: "request",
    facts: {
      "wire.fault": "none",
      "wire.seen": "",
      "request.method": method,
      "request.host": host ?? facts["request.host"] ?? "",
      "request.path": path,
      ...(address === undefined ? {} : { "client.address": address }),
      "key.place": "X-API-Key",
      "key.status": key.status,
      "key.scopes": key.scopes,
    },
    unknown: [],
    sources: { "key.scopes": key.source, "key.status": key.source },
  }
}
