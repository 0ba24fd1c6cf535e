import { z } from "zod"
import type { ModelLimits, Placed, PlainLimits } from "../../ports/model-limits.ts"
import { nanoUsd } from "../../ports/money.ts"

const amount = z.int().min(0).transform(nanoUsd)

/** A key's limits as they are kept: JSON, money in nano-dollars. */
export const keptLimits = z.object({
  models: z.array(z.string()).exactOptional(),
  requestsPerMinute: z.int().min(0).exactOptional(),
  tokensPerMinute: z.int().min(0).exactOptional(),
  dollarsPerDay: amount.exactOptional(),
  dollarsPerMonth: amount.exactOptional(),
}) satisfies z.ZodType<PlainLimits>

/** With the places that name them; undefined where there are none. */
export function placedLimits(name: string, limits: PlainLimits): ModelLimits | undefined {
  const { models, requestsPerMinute, tokensPerMinute, dollarsPerDay, dollarsPerMonth } = limits
  const placed = <T>(value: T, path: string): Placed<T> => ({
    value,
    source: { file: "store", path: `keys.${name}.${path}` },
  })
  const found: ModelLimits = {
    ...(models !== undefined && { models: placed(models, "models") }),
    ...(requestsPerMinute !== undefined && {
      requestsPerMinute: placed(requestsPerMinute, "limits.requests-per-minute"),
    }),
    ...(tokensPerMinute !== undefined && { tokensPerMinute: placed(tokensPerMinute, "limits.tokens-per-minute") }),
    ...(dollarsPerDay !== undefined && { dollarsPerDay: placed(dollarsPerDay, "budget.day") }),
    ...(dollarsPerMonth !== undefined && { dollarsPerMonth: placed(dollarsPerMonth, "budget.month") }),
  }
  return Object.keys(found).length === 0 ? undefined : found
}

/** The other way round. */
export function plainLimits(limits: ModelLimits = {}): PlainLimits {
  const { models, requestsPerMinute, tokensPerMinute, dollarsPerDay, dollarsPerMonth } = limits
  return {
    ...(models && { models: models.value }),
    ...(requestsPerMinute && { requestsPerMinute: requestsPerMinute.value }),
    ...(tokensPerMinute && { tokensPerMinute: tokensPerMinute.value }),
    ...(dollarsPerDay && { dollarsPerDay: dollarsPerDay.value }),
    ...(dollarsPerMonth && { dollarsPerMonth: dollarsPerMonth.value }),
  }
}
