import type { ServedModels } from "../models/routing/served-models.ts"
import type { Document } from "../text/document.ts"
import type { ConfigFault } from "../text/fault.ts"
import type { Settings } from "./schema.ts"

/** Models whose price nobody knows, where there are budgets: their calls would count as nothing. */
export function* unpriced(settings: Settings, models: ServedModels, document: Document): Generator<ConfigFault> {
  if (!hasBudget(settings)) return
  for (const [name, { path }] of Object.entries(settings.models)) {
    // What a pattern stands for is known only when it is asked for.
    if (name.endsWith("*")) continue
    for (const [i, { id, info }] of (models.find(name)?.targets ?? []).entries())
      if ((info?.prices.length ?? 0) === 0)
        yield {
          severity: "warning",
          source: document.sourceAt(["models", name, ...path, i]),
          message: `the price of ${id} is not known, so that its calls count as nothing on any budget`,
          hint: "write `price: { input: …, output: … }` for the model, in US dollars for a million tokens",
        }
  }
}

const hasBudget = ({ keys, teams, tenants, models }: Settings): boolean =>
  [...keys, ...Object.values(teams), ...Object.values(tenants), ...Object.values(models)].some(
    ({ budget }) => budget !== undefined,
  )
