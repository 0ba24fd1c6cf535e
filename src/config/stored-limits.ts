import { z } from "zod"
import type { Groups, ModelLimits } from "../ports/model-limits.ts"
import { nanoUsd } from "../ports/money.ts"

/** Where something was written, as it is stored. */
export const storedSource = z.object({
  file: z.string(),
  line: z.number().exactOptional(),
  column: z.number().exactOptional(),
  path: z.string(),
})

const placed = <T>(value: z.ZodType<T>) => z.object({ value, source: storedSource }).exactOptional()
const amount = z.int().min(0).transform(nanoUsd)

/** Limits on models as they are stored, with a plan or a key. Money in nano-dollars. */
export const storedLimits: z.ZodType<ModelLimits> = z.object({
  models: placed(z.array(z.string())),
  requestsPerMinute: placed(z.int().min(0)),
  tokensPerMinute: placed(z.int().min(0)),
  dollarsPerDay: placed(amount),
  dollarsPerMonth: placed(amount),
})

const storedTeam = z.object({ tenant: z.string().exactOptional(), limits: storedLimits })

/** Teams and tenants as they are stored with a plan; plans of before there were any have none. */
export const storedGroups = z
  .object({ teams: z.record(z.string(), storedTeam), tenants: z.record(z.string(), storedLimits) })
  .transform(
    ({ teams, tenants }): Groups => ({
      teams: new Map(Object.entries(teams)),
      tenants: new Map(Object.entries(tenants)),
    }),
  )

/** As `storedGroups` reads it. */
export const groupsData = ({ teams, tenants }: Groups) => ({
  teams: Object.fromEntries(teams),
  tenants: Object.fromEntries(tenants),
})
