import { z } from "zod"
import { CAPABILITIES } from "../models/catalogue/capabilities.ts"
import { type Price, perMillionTokens, type Rates } from "../models/catalogue/price.ts"
import { wholeNumber } from "../text/units.ts"

/** US dollars; `0.25` or `"0.25"`, since what comes from the environment stays text. */
const amount = z
  .union([z.string().regex(/^\d{1,6}(?:\.\d{1,9})?$/), z.number().min(0).max(999_999)])
  .meta({ description: "US dollars.", examples: [0.25] })
  .transform(Number)

const perMillion = amount.transform(perMillionTokens)
const piece = amount.transform((dollars) => Math.round(dollars * 1e9))

const rates = {
  input: perMillion.describe("US dollars for a million tokens of input."),
  output: perMillion.describe("US dollars for a million tokens of output.").prefault(0),
  "cached-input": perMillion.describe("Of input that the provider had in its cache. Default: as input.").optional(),
  "cache-write": perMillion.describe("Of input that goes into the provider's cache. Default: as input.").optional(),
  "cache-write-hour": perMillion.describe("Of input that stays there for an hour. Default: as cache-write.").optional(),
  "audio-input": perMillion.describe("Of sound that is sent. Default: as input.").optional(),
  "audio-output": perMillion.describe("Of sound that comes. Default: as output.").optional(),
  reasoning: perMillion.describe("Of reasoning. Default: as output.").optional(),
  request: piece.describe("US dollars for each call.").optional(),
  image: piece.describe("US dollars for each image made.").optional(),
  "audio-hour": piece.describe("US dollars for each hour of sound heard.").optional(),
}

const ratesSchema = z.strictObject(rates)

/** What a model costs, in US dollars per million tokens; as a `Price`. */
export const priceSchema = z
  .strictObject({
    ...rates,
    tiers: z
      .array(z.strictObject({ above: wholeNumber.describe("Tokens of input."), ...rates }))
      .describe("Other prices, for everything in a call, where its input has more tokens.")
      .default([]),
  })
  .transform(({ tiers, ...base }): Price => {
    const rising = tiers.toSorted((a, b) => a.above - b.above)
    const priced = rising.map(({ above, ...rates }) => ({ above, rates: ratesOf(rates) }))
    return priced.length === 0 ? ratesOf(base) : { ...ratesOf(base), tiers: priced }
  })

function ratesOf(it: z.output<typeof ratesSchema>): Rates {
  const hour = it["cache-write-hour"] ?? it["cache-write"]
  return {
    input: it.input,
    output: it.output,
    ...(it["cached-input"] !== undefined && { cachedInput: it["cached-input"] }),
    ...(it["cache-write"] !== undefined && { cacheWrite: it["cache-write"] }),
    ...(hour !== undefined && { cacheWriteHour: hour }),
    ...(it["audio-input"] !== undefined && { audioInput: it["audio-input"] }),
    ...(it["audio-output"] !== undefined && { audioOutput: it["audio-output"] }),
    ...(it.reasoning !== undefined && { reasoning: it.reasoning }),
    ...(it.request !== undefined && { request: it.request }),
    ...(it.image !== undefined && { image: it.image }),
    ...(it["audio-hour"] !== undefined && { audioHour: it["audio-hour"] }),
  }
}

/** What can be said of a model beside who serves it; each comes before the catalogue. */
export const modelInfoShape = {
  price: priceSchema.describe("What it costs, in US dollars for a million tokens.").optional(),
  context: wholeNumber.describe("Tokens of input and output together, at most.").optional(),
  output: wholeNumber.describe("Tokens of output, at most.").optional(),
  capabilities: z.array(z.enum(CAPABILITIES)).describe("What it can do beside writing text.").optional(),
}
