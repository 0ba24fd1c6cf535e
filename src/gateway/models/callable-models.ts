import { Frame, OUTCOME } from "../../decision/frame.ts"
import { judge, outcomeOf } from "../../decision/judge.ts"
import type { Plan, PlannedClause } from "../../decision/plan.ts"
import { modelName } from "../../facts/model.ts"
import type { World } from "../../facts/world.ts"
import { ENDPOINTS, type Endpoint } from "../../models/endpoints.ts"
import type { ListedModel } from "../../models/listing/listed-model.ts"
import type { ServedModels } from "../../models/routing/served-models.ts"
import type { Call } from "../call.ts"
import { SupposedCall, type SupposedCaller } from "./supposed-call.ts"

/** Who asks what may be called, and by which plan. */
export interface Asking {
  readonly plan: Plan<World>
  readonly caller: SupposedCaller
}

/** As the caller of a request would. */
export const askingAs = (call: Call): Asking => ({ plan: call.running.plan.plan, caller: call })

/**
 * The models a caller may call, found by the clauses that would judge the call: a model is among them when every clause that
 * looks at its name holds. What only the rest of a call decides (its size, what is left of a budget) hides none.
 */
export const callableModels = (asking: Asking, models: ServedModels): readonly ListedModel[] =>
  models.listed().filter(({ id }) => isCallable(asking, models, id))

function isCallable(asking: Asking, models: ServedModels, name: string): boolean {
  const endpoint = endpointFor(models, name)
  return endpoint?.operation !== undefined && isCallableAt(asking, endpoint.path, endpoint.operation, name)
}

/** The first address at which something is asked of the model. */
const endpointFor = (models: ServedModels, name: string): Endpoint | undefined =>
  ENDPOINTS.find((it) => it.operation !== undefined && models.offers(name, it.operation, it.dialect))

/** Whether a call of the model at this address would meet no clause that looks at its name and does not hold. */
export function isCallableAt({ plan, caller }: Asking, path: string, operation: string, name: string): boolean {
  const frame = new Frame(plan, new SupposedCall(caller, path, operation, name))
  const track = frame.select()
  if (track === undefined) return false
  track.facts.forEach(({ fact }, slot) => {
    if (fact.name === modelName.name) frame.set(slot, name)
  })
  return track.clauses.slice(0, track.ends.request).every((planned, at) => {
    if (!looksAtName(planned)) return true
    judge(track, frame, at, at + 1)
    return outcomeOf(planned, frame) === OUTCOME.held
  })
}

const looksAtName = ({ clause }: PlannedClause<World>): boolean =>
  clause.anyOf.some(
    ({ fact, requirement }) =>
      fact.name === modelName.name || (requirement.kind === "fact" && requirement.fact.name === modelName.name),
  )
