import type { Losses } from "../form/losses.ts"
import type { Quirks, RefusedField } from "../quirks.ts"

/** Quirks that chat writers look at beside the common ones. */
export interface ChatQuirks extends Quirks {
  /** `cache_control` on content parts, messages and tools is taken, as OpenRouter and LiteLLM take it. */
  readonly cacheControl?: true
  /** Signed and encrypted thoughts are taken back as `reasoning_details` (OpenRouter). */
  readonly reasoningDetails?: true
}

/** Whether a field that is set may be sent; where the provider refuses it, it is dropped with a note. */
export function mayHave(field: RefusedField, quirks: Quirks, losses: Losses): boolean {
  if (quirks.refuses?.includes(field) !== true) return true
  losses.drop(field, "the provider refuses it")
  return false
}
