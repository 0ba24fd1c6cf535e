import { isObject, type JsonObject, objectAt, own, textAt } from "./json.ts"
import { type Outcome, RPC } from "./message.ts"
import { type Era, META, STATELESS } from "./revision.ts"

/** Of revisions up to 2025-11-25, for a resource that is not there. */
const RESOURCE_NOT_FOUND = -32002
const OF_ENVELOPE: ReadonlySet<string> = new Set([META.version, META.capabilities, META.clientInfo, META.logLevel])

/** What a client says of itself, in whichever revision it does. */
export interface ClientSaid {
  readonly era: Era
  readonly capabilities: JsonObject
  readonly clientInfo: JsonObject | undefined
  readonly logLevel: string | undefined
}

/** Parameters as a server of the other era reads them. */
export function paramsFor(era: Era, client: ClientSaid, params: JsonObject): JsonObject {
  if (era === client.era) return params
  const meta = objectAt(params, "_meta") ?? {}
  if (era === "stateless") {
    const { capabilities, clientInfo, logLevel } = client
    return {
      ...params,
      _meta: {
        ...meta,
        [META.version]: STATELESS,
        [META.capabilities]: capabilities,
        ...(clientInfo === undefined ? {} : { [META.clientInfo]: clientInfo }),
        ...(logLevel === undefined ? {} : { [META.logLevel]: logLevel }),
      },
    }
  }
  const kept = Object.entries(meta).filter(([name]) => !OF_ENVELOPE.has(name))
  const { _meta: _, ...rest } = params
  return kept.length === 0 ? rest : { ...rest, _meta: Object.fromEntries(kept) }
}

/** An outcome as a client of the other era reads it. */
export function outcomeFor(era: Era, server: Era, method: string, outcome: Outcome): Outcome {
  if (era === server) return outcome
  if (outcome.kind === "error") {
    const { error } = outcome
    return era === "stateless" && error.code === RESOURCE_NOT_FOUND
      ? { kind: "error", error: { ...error, code: RPC.invalidParams } }
      : outcome
  }
  const { resultType, ...result } = outcome.result
  if (era === "sessions") return { kind: "result", result }
  const cached = method === "resources/read" ? { ttlMs: 0, cacheScope: "private" } : {}
  return { kind: "result", result: { resultType: resultType ?? "complete", ...cached, ...result } }
}

/** What a stateless server wants to know before it goes on; undefined for a result. */
export interface InputRequired {
  readonly requests: ReadonlyMap<string, { readonly method: string; readonly params: JsonObject }>
  readonly state: string | undefined
}

export function inputRequired(outcome: Outcome): InputRequired | undefined {
  if (outcome.kind === "error" || own(outcome.result, "resultType") !== "input_required") return undefined
  const requests = new Map<string, { method: string; params: JsonObject }>()
  for (const [key, request] of Object.entries(objectAt(outcome.result, "inputRequests") ?? {})) {
    const method = isObject(request) ? textAt(request, "method") : undefined
    if (method !== undefined && isObject(request))
      requests.set(key, { method, params: objectAt(request, "params") ?? {} })
  }
  return { requests, state: textAt(outcome.result, "requestState") }
}
