import { Frame, OUTCOME } from "../../decision/frame.ts"
import type { PlannedClause } from "../../decision/plan.ts"
import { survey } from "../../decision/survey.ts"
import { modelBody, modelFault, modelLength, modelLosses, modelName } from "../../facts/model.ts"
import type { World } from "../../facts/world.ts"
import { ENDPOINTS } from "../../models/endpoints.ts"
import type { ListedModel } from "../../models/listing/listed-model.ts"
import type { ServedModels } from "../../models/routing/served-models.ts"
import type { Call } from "../call.ts"
import { SupposedCall } from "./supposed-call.ts"

/** What the facts are that a call of a model would be read for, had it been made. */
const SUPPOSED: ReadonlyMap<string, string | number | null> = new Map<string, string | number | null>([
  [modelLength.name, 0],
  [modelBody.name, "a JSON object"],
  [modelFault.name, null],
  [modelLosses.name, null],
])

/**
 * The models a caller may call, found by the clauses that would judge the call: a model is among them when every clause that
 * looks at its name holds. What only the rest of a call decides (its size, what is left of a budget) hides none.
 */
export function callableModels(call: Call, models: ServedModels): readonly ListedModel[] {
  return models.listed().filter(({ id }) => isCallable(call, models, id))
}

function isCallable(call: Call, models: ServedModels, name: string): boolean {
  const endpoint = ENDPOINTS.find((it) => it.operation !== undefined && models.offers(name, it.operation, it.dialect))
  if (endpoint?.operation === undefined) return false
  const frame = new Frame(call.running.plan.plan, new SupposedCall(call, endpoint.path, endpoint.operation, name))
  frame.select()
  frame.track.facts.forEach(({ fact, from }, slot) => {
    const supposed = fact.name === modelName.name ? name : SUPPOSED.get(fact.name)
    if (from.length === 0 && supposed !== undefined) frame.set(slot, supposed)
  })
  const judged = survey(frame.complete()) ?? []
  return judged.length > 0 && judged.every(({ planned, outcome }) => outcome === OUTCOME.held || !looksAtName(planned))
}

const looksAtName = ({ clause }: PlannedClause<World>): boolean =>
  clause.anyOf.some(
    ({ fact, requirement }) =>
      fact.name === modelName.name || (requirement.kind === "fact" && requirement.fact.name === modelName.name),
  )
