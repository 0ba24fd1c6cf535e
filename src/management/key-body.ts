import { z } from "zod"
import { type NanoUsd, usd } from "../ports/money.ts"

/** Dollars as a number or, which is exact whatever wrote it, as text. */
const money = z.union([z.string(), z.number()]).transform((written, context): NanoUsd => {
  try {
    return usd(written)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    context.addIssue({ code: "custom", message: "an amount of US dollars, with at most nine digits after the point" })
    return z.NEVER
  }
})

const count = z.int().min(0)

/** A key to be made, with limits as the file groups them. */
export const newKey = z.strictObject({
  name: z.string(),
  scopes: z.array(z.string()).default([]),
  /** Milliseconds since the epoch. */
  expiresAt: z.int().exactOptional(),
  team: z.string().exactOptional(),
  tenant: z.string().exactOptional(),
  models: z.array(z.string()).exactOptional(),
  limits: z
    .strictObject({ requestsPerMinute: count.exactOptional(), tokensPerMinute: count.exactOptional() })
    .exactOptional(),
  budget: z.strictObject({ day: money.exactOptional(), month: money.exactOptional() }).exactOptional(),
})

/** What of a key is to be otherwise; null takes it away. */
export const keyChange = z.strictObject({
  scopes: z.array(z.string()).exactOptional(),
  team: z.string().nullable().exactOptional(),
  tenant: z.string().nullable().exactOptional(),
  models: z.array(z.string()).nullable().exactOptional(),
  limits: z
    .strictObject({
      requestsPerMinute: count.nullable().exactOptional(),
      tokensPerMinute: count.nullable().exactOptional(),
    })
    .exactOptional(),
  budget: z
    .strictObject({ day: money.nullable().exactOptional(), month: money.nullable().exactOptional() })
    .exactOptional(),
})

/** Limits as the file groups them, where money is in budgets. */
interface GroupedLimits<M, N, D> {
  readonly models?: M | undefined
  readonly limits?: { readonly requestsPerMinute?: N; readonly tokensPerMinute?: N } | undefined
  readonly budget?: { readonly day?: D; readonly month?: D } | undefined
}

/** As keys are given them. */
export function plainLimits<M, N, D>({ models, limits = {}, budget: { day, month } = {} }: GroupedLimits<M, N, D>) {
  return {
    ...limits,
    ...(models !== undefined && { models }),
    ...(day !== undefined && { dollarsPerDay: day }),
    ...(month !== undefined && { dollarsPerMonth: month }),
  }
}
