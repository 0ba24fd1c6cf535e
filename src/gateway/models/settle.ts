import { type ActualUse, settleCall } from "../../facts/model-use.ts"
import { countable, type Usage } from "../../models/form/usage.ts"
import type { Call } from "../call.ts"
import type { Attempt } from "./attempt.ts"
import { costAt, piecesOf, takenAtLeast } from "./estimate.ts"
import type { ModelSide } from "./model-side.ts"

/**
 * Puts a call's estimates right. A ledger that cannot be written is no reason to fail an answer that is there: the call stays
 * reserved, and is settled at its estimate later.
 */
export function settle(call: Call, use: ActualUse): void {
  try {
    settleCall(call, use)
  } catch (fault) {
    call.running.outside.onFault(fault)
  }
}

/** Counts what a call took at the target asked last; where the provider did not tell, what it was thought to take. */
export function settleUse(call: Call, side: ModelSide, attempt: Attempt | undefined, told: Usage | undefined): void {
  const usage = told === undefined ? undefined : countable(told)
  const target = attempt?.target
  const { asked, estimate } = side
  side.used = usage
  if (usage !== undefined && target !== undefined) {
    side.cost = costAt(target, usage, call.now, piecesOf(asked))
    settle(call, { cost: side.cost, inputTokens: usage.input, outputTokens: usage.output })
  } else if (estimate !== undefined) {
    const seen = attempt?.tokens ?? 0
    const taken = target === undefined ? estimate : takenAtLeast(asked, estimate, target, seen, call.now)
    side.cost = taken.cost
    settle(call, taken)
  }
}
