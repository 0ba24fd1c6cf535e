import type { Key } from "../ports/keys.ts"
import { dollars } from "../ports/money.ts"

/** A key as machines read it, with its limits as they are written: money in dollars, as text, which is exact. */
export function keyFacts({ limits = {}, ...key }: Key) {
  const { models, requestsPerMinute, tokensPerMinute, dollarsPerDay, dollarsPerMonth } = limits
  const perMinute = {
    ...(requestsPerMinute && { requestsPerMinute: requestsPerMinute.value }),
    ...(tokensPerMinute && { tokensPerMinute: tokensPerMinute.value }),
  }
  const budget = {
    ...(dollarsPerDay && { day: dollars(dollarsPerDay.value) }),
    ...(dollarsPerMonth && { month: dollars(dollarsPerMonth.value) }),
  }
  return {
    ...key,
    ...(models && { models: models.value }),
    ...(Object.keys(perMinute).length > 0 && { limits: perMinute }),
    ...(Object.keys(budget).length > 0 && { budget }),
  }
}
