import { z } from "zod"
import { duration } from "../text/units.ts"

/** Vectors made without a model, of how texts are written. */
export const BUILT_IN = "built-in"

const exact = z.strictObject({ ttl: duration.describe("How long an answer is given again.").prefault("1h") })
const semantic = z.strictObject({
  ttl: duration.describe("How long an answer is given again.").prefault("1h"),
  above: z
    .number()
    .min(0.5)
    .max(1)
    .describe("How similar two questions have to be, as the cosine of their vectors.")
    .default(0.95),
  embed: z
    .string()
    .min(1)
    .max(128)
    .describe(
      "One of `models`, which makes vectors of questions; `built-in` needs none, and knows only how they are written.",
    )
    .default(BUILT_IN),
})

/** `cache` of a model. */
export const cacheSchema = z.strictObject({
  exact: exact.describe("For the very same request.").exactOptional(),
  semantic: semantic.describe("For a similar question, everything else being the same.").exactOptional(),
})
