import { Place } from "../form/place.ts"
import { NO_USAGE } from "../form/usage.ts"
import { member } from "../gemini/member.ts"
import type { Translation } from "./translation.ts"

/**
 * Gemini's `countTokens` to a provider of the same format: a whole request to be counted names its model, which callers name
 * otherwise than the provider. Counting is free.
 */
export const geminiOwnCount: Translation = {
  write(body, model) {
    const whole = member(new Place(body), "generateContentRequest")
    if (whole.isAbsent) return body
    const { generate_content_request: _, ...rest } = body
    return { ...rest, generateContentRequest: { ...whole.object(), model: `models/${model}` } }
  },
  read: (answer) => ({ told: answer, usage: NO_USAGE }),
}
