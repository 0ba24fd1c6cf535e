import { readPlan, type StoredPlan } from "../config/stored-plan.ts"
import type { Store } from "../ports/store.ts"

/** The plan in force, or in force when a gateway last ran on the store; undefined when none has. */
export function currentPlan({ plans }: Store): StoredPlan | undefined {
  const revision = plans.current()
  const text = revision === undefined ? undefined : plans.find(revision)
  return revision === undefined || text === undefined ? undefined : readPlan(revision, text)
}
