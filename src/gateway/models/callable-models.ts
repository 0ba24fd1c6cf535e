import { Frame, OUTCOME } from "../../decision/frame.ts"
import { judge, outcomeOf } from "../../decision/judge.ts"
import type { Plan, PlannedClause, Track } from "../../decision/plan.ts"
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
export function callableModels(asking: Asking, models: ServedModels): readonly ListedModel[] {
  const frame = new Frame(asking.plan)
  return models.listed().filter(({ id }) => {
    const endpoint = endpointFor(models, id)
    return endpoint?.operation !== undefined && isHeld(frame, asking, endpoint.path, endpoint.operation, id)
  })
}

/** The first address at which something is asked of the model. */
const endpointFor = (models: ServedModels, name: string): Endpoint | undefined =>
  ENDPOINTS.find((it) => it.operation !== undefined && models.offers(name, it.operation, it.dialect))

/** Whether a call of the model at this address would meet no clause that looks at its name and does not hold. */
export const isCallableAt = (asking: Asking, path: string, operation: string, name: string): boolean =>
  isHeld(new Frame(asking.plan), asking, path, operation, name)

function isHeld(frame: Frame<World>, { caller }: Asking, path: string, operation: string, name: string): boolean {
  const track = frame.reset(new SupposedCall(caller, path, operation, name)).select()
  if (track === undefined) return false
  const { slot, clauses } = namedOn(track)
  if (slot >= 0) frame.set(slot, name)
  return clauses.every(({ planned, at }) => {
    judge(track, frame, at, at + 1)
    return outcomeOf(planned, frame) === OUTCOME.held
  })
}

/** What of a track looks at the model's name, and where that stands; found once. */
interface Named {
  readonly slot: number
  readonly clauses: readonly { readonly planned: PlannedClause<World>; readonly at: number }[]
}
const NAMED = new WeakMap<Track<World>, Named>()

function namedOn(track: Track<World>): Named {
  const known = NAMED.get(track)
  if (known !== undefined) return known
  const named: Named = {
    slot: track.facts.findIndex(({ fact }) => fact.name === modelName.name),
    clauses: track.clauses
      .slice(0, track.ends.request)
      .map((planned, at) => ({ planned, at }))
      .filter(({ planned }) => looksAtName(planned)),
  }
  NAMED.set(track, named)
  return named
}

const looksAtName = ({ clause }: PlannedClause<World>): boolean =>
  clause.anyOf.some(
    ({ fact, requirement }) =>
      fact.name === modelName.name || (requirement.kind === "fact" && requirement.fact.name === modelName.name),
  )
