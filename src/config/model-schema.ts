import { z } from "zod"
import { BALANCES } from "../models/routing/target.ts"
import { duration, wholeNumber } from "../text/units.ts"
import { cacheSchema } from "./cache-schema.ts"
import { budgetSchema, rateLimitsSchema } from "./limits-schema.ts"
import { modelInfoShape } from "./model-info-schema.ts"

const targetWhen = z
  .strictObject({
    "min-input": wholeNumber.describe("Tokens of the request, by estimate.").optional(),
    "max-input": wholeNumber.describe("Tokens of the request, by estimate.").optional(),
    tenants: z.array(z.string()).min(1).describe("Tenants of which the caller's must be one.").optional(),
    headers: z
      .record(
        z.string().regex(/^[A-Za-z0-9-]+$/, "a field's name: letters, digits and hyphens"),
        z.string().min(1).max(256),
      )
      .describe("Fields the request must have, with their values; `*` for any value.")
      .optional(),
  })
  .describe("When the target may be chosen; all that is written has to hold.")

const target = z.strictObject({
  provider: z.string().min(1).max(64).describe("One of `providers`."),
  model: z
    .string()
    .min(1)
    .max(256)
    .describe("The provider's own name for the model; `*` is what `*` stands for in the model's name here."),
  weight: wholeNumber.describe("Share of the calls where `balance` is weighted.").prefault(1),
  when: targetWhen.prefault({}),
})

const targets = z.array(target).min(1).describe("Who serves the model.")

const model = z.strictObject({
  targets,
  balance: z
    .enum(BALANCES)
    .describe("How the first target is chosen; the others follow when it fails, in the order written.")
    .default("in-order"),
  aliases: z
    .array(z.string().max(128).regex(/^[^!]/, "a name; `!` not at its beginning"))
    .describe("Other names for it.")
    .default([]),
  retries: wholeNumber.describe("How often a target is tried again before the next one is.").prefault(1),
  timeouts: z
    .strictObject({
      "first-token": duration.describe("To the first part of an answer.").optional(),
      total: duration.describe("To the end of an answer.").optional(),
    })
    .describe("How long is waited.")
    .prefault({}),
  "on-loss": z
    .enum(["note", "refuse"])
    .describe("What a target's format cannot say: left out and told in `Pinpoint-Dropped`, or refused.")
    .default("note"),
  ...modelInfoShape,
  cache: cacheSchema.describe("Which answers are given again.").exactOptional(),
  limits: rateLimitsSchema.exactOptional(),
  budget: budgetSchema.exactOptional(),
})

const ALONE = {
  balance: "in-order",
  aliases: [],
  retries: 1,
  timeouts: {},
  "on-loss": "note",
} as const satisfies Omit<z.output<typeof model>, "targets">

export const modelName = z
  .string()
  .regex(
    /^(?!!)[^\s"\\*]{1,127}\*?$/,
    "a model's name: no blanks, quotation marks and backslashes, at most 128 characters; `!` not at its beginning, `*` only at its end",
  )

/** A model with how its targets are chosen. `path`: where its targets are written, below the model's name. */
export interface ModelOptions extends z.output<typeof model> {
  readonly path: readonly string[]
}

/** One entry of `models`: its targets alone, tried in order, or those with how they are chosen. */
export const modelEntry = z.union([
  targets.transform((it): ModelOptions => ({ ...ALONE, targets: it, path: [] })),
  model.transform((it): ModelOptions => ({ ...it, path: ["targets"] })),
])
