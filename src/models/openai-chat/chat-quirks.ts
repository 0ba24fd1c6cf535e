import type { Losses } from "../form/losses.ts"
import type { Quirks, RefusedField } from "../quirks.ts"

/** Whether a field that is set may be sent; where the provider refuses it, it is dropped with a note. */
export function mayHave(field: RefusedField, quirks: Quirks, losses: Losses): boolean {
  if (quirks.refuses?.includes(field) !== true) return true
  losses.drop(field, "the provider refuses it")
  return false
}
