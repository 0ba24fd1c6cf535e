import { z } from "zod"
import { type NanoUsd, usd } from "../ports/money.ts"
import { complain } from "../text/complain.ts"
import { nouns } from "../text/noun.ts"
import { wholeNumber } from "../text/units.ts"

/** `5`, `50.25`, `"0.000000001"`: US dollars, to the nano-dollar. Digits are read as they are written, so nothing is rounded. */
const money = z
  .union([z.string().regex(/^\d{1,7}(?:\.\d{1,9})?$/), z.number().min(0)])
  .meta({ description: "US dollars, with at most nine digits after the point.", examples: [5, 50.25] })
  .register(nouns, { noun: "an amount of money", expected: "US dollars, such as 5 or 50.25" })
  .transform((written, context): NanoUsd => {
    try {
      return usd(written)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return complain(context, written, "is no amount that is counted exactly", {
        expected: "US dollars up to 9 million, with at most nine digits after the point",
      })
    }
  })

/** What may be spent, by calendar periods of UTC. */
export const budgetSchema = z
  .strictObject({
    day: money.describe("US dollars in a day of UTC.").exactOptional(),
    month: money.describe("US dollars in a calendar month of UTC.").exactOptional(),
  })
  .describe("What model calls may cost; a call that might pass it is refused.")

/** What may be asked, by minutes that begin with their first call. */
export const rateLimitsSchema = z
  .strictObject({
    "requests-per-minute": wholeNumber.describe("Model calls in a minute.").exactOptional(),
    "tokens-per-minute": wholeNumber.describe("Tokens of prompts and answers in a minute.").exactOptional(),
  })
  .describe("How much may be asked of models in a minute.")

const modelPatterns = z
  .array(z.string().regex(/^[^\s"\\]{1,128}$/, "a model's name or a pattern of such, `*` for any text"))
  .describe("Models that may be called, by the names callers use: `gpt-*`. Default: all.")

const groupName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "a name: letters, digits, dots, hyphens and underscores, at most 64")

/** What keys, teams and tenants have alike. */
const limited = {
  models: modelPatterns.exactOptional(),
  limits: rateLimitsSchema.exactOptional(),
  budget: budgetSchema.exactOptional(),
}

/** What an entry of `keys` has beside its name, its secret and its scopes. */
export const keyLimits = {
  team: groupName.describe("One of `teams`, whose limits hold for all of its keys together.").exactOptional(),
  tenant: groupName.describe("One of `tenants`, for a key without a team.").exactOptional(),
  ...limited,
}

export const teamsSchema = z.record(
  groupName,
  z.strictObject({ tenant: groupName.describe("One of `tenants`.").exactOptional(), ...limited }),
)

export const tenantsSchema = z.record(groupName, z.strictObject(limited))

/** Limits as they are written: of a key, a team, a tenant or a model. */
export interface WrittenLimits {
  readonly models?: z.output<typeof modelPatterns>
  readonly limits?: z.output<typeof rateLimitsSchema>
  readonly budget?: z.output<typeof budgetSchema>
}
