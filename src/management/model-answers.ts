import type { GatewayPlan } from "../config/gateway-plan.ts"
import { unknownGroupOf } from "../facts/model-limits.ts"
import { callableModels } from "../gateway/models/callable-models.ts"
import type { ServedModels } from "../models/routing/served-models.ts"
import type { Key, KeyDirectory } from "../ports/keys.ts"
import { problemAnswer } from "./problem-answer.ts"

/** `GET /models`: every model with the keys that may call it; with `?key=`, those that this key may. */
export function modelsAnswer(name: string | null, plan: GatewayPlan, keys: KeyDirectory): Response {
  const one = name === null ? undefined : keys.named(name)
  if (name !== null && one === undefined)
    return problemAnswer(404, `There is no key named "${name}"`, "GET /keys lists those there are.")
  const served = servedBy(plan)
  if (served === undefined) return Response.json({ models: [] })
  const callers = new Map<string, string[]>()
  for (const key of one === undefined ? keys.list() : [one])
    for (const id of callableBy(key, plan, served)) callers.set(id, [...(callers.get(id) ?? []), key.name])
  const models = served.listed().flatMap(({ id, info }) => {
    const callable = callers.get(id) ?? []
    if (one !== undefined && callable.length === 0) return []
    return [
      {
        id,
        targets: served.find(id)?.targets.map((it) => it.id) ?? [],
        ...(info?.context !== undefined && { context: info.context }),
        keys: callable,
      },
    ]
  })
  return Response.json({ models }, { headers: { "cache-control": "no-store" } })
}

/** By the clauses that would judge its calls. A key that is withdrawn or belongs nowhere can make none. */
function callableBy(key: Key, plan: GatewayPlan, served: ServedModels): readonly string[] {
  if (key.status !== "active" || unknownGroupOf(key, plan.groups) !== null) return []
  const caller = {
    now: Date.now(),
    address: "",
    host: "",
    decision: "",
    identify: () => ({ kind: "known", place: "", key }) as const,
  }
  return callableModels({ plan: plan.plan, caller }, served).map(({ id }) => id)
}

function servedBy({ destinations }: GatewayPlan): ServedModels | undefined {
  for (const it of destinations.values()) if (it.kind === "models") return it.models
  return undefined
}
