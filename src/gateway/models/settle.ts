import { type ActualUse, settleCall } from "../../facts/model-use.ts"
import type { Call } from "../call.ts"

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
