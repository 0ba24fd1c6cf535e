import { z } from "zod"
import { EFFORTS } from "../models/form/request.ts"
import { wholeNumber } from "../text/units.ts"

/** Characters of a text where no `max` is told. */
const USUAL_TEXT = 20_000
const kind = "What it is given as."
const otherwise = "What it is where a caller does not give it; without one, it has to be given."
const about = z.string().max(500).describe("What it is, in a sentence.").default("")

const text = z.strictObject({
  type: z.literal("string").describe(kind),
  min: wholeNumber.describe("At least: of a number, or characters of a text.").prefault(0),
  max: wholeNumber.describe("At most: of a number, or characters of a text.").prefault(USUAL_TEXT),
  default: z.string().describe(otherwise).optional(),
  about,
})
const number = z.strictObject({
  type: z.enum(["integer", "number"]).describe(kind),
  min: z.number().describe("At least.").optional(),
  max: z.number().describe("At most.").optional(),
  default: z.number().describe(otherwise).optional(),
  about,
})
const boolean = z.strictObject({
  type: z.literal("boolean").describe(kind),
  default: z.boolean().describe(otherwise).optional(),
  about,
})
const choice = z.strictObject({
  "one-of": z.array(z.string().min(1)).min(1).describe("The texts it may be."),
  default: z.string().describe(otherwise).optional(),
  about,
})

const inputName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/, "an input's name: letters, digits, hyphens and underscores")

const expectation = z
  .strictObject({
    contains: z.array(z.string().min(1)).describe("Texts that stand in the output.").default([]),
    matches: z
      .string()
      .refine(isExpression, "a regular expression")
      .describe("A regular expression that the output matches.")
      .optional(),
    schema: z.boolean().describe("The output fits the prompt's schema.").default(true),
  })
  .describe("What the output of a model is looked at for.")

const version = z.strictObject({
  about,
  model: z.string().min(1).max(128).describe("One of `models`, as callers name it."),
  inputs: z
    .record(inputName, z.union([text, number, boolean, choice]))
    .describe("What callers give; one without a default has to be given.")
    .default({}),
  system: z.string().min(1).describe("What the model is told first. `{{name}}` stands for an input.").optional(),
  user: z
    .string()
    .min(1)
    .describe("What the model is asked; `{{name:json}}` writes an input as JSON, `\\{{` two braces."),
  parameters: z
    .strictObject({
      temperature: z.number().min(0).max(2).describe("How freely it chooses its words.").optional(),
      "top-p": z.number().min(0).max(1).describe("Of how likely words it chooses.").optional(),
      "max-tokens": wholeNumber.describe("Of the answer.").optional(),
      seed: z.int().describe("The same for answers that shall be alike.").optional(),
      stop: z.array(z.string().min(1)).max(4).describe("Texts at which the answer ends.").default([]),
      reasoning: z.enum(EFFORTS).describe("How much the model shall think.").optional(),
    })
    .describe("How the model is asked.")
    .prefault({}),
  output: z
    .union([
      z.literal("text"),
      z.strictObject({ "json-schema": z.record(z.string(), z.json()).describe("A JSON Schema of an object.") }),
    ])
    .describe("What comes back.")
    .default("text"),
  tests: z
    .array(
      z.strictObject({
        inputs: z.record(z.string(), z.json()).describe("What is given.").default({}),
        expect: expectation.prefault({}),
      }),
    )
    .describe("Run by `pinpoint prompts test`.")
    .default([]),
})

/** Prompts by name: the current version, and beside it others that stay where they are. */
export const promptsSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, "a prompt's name: lower-case letters, digits and hyphens, at most 64"),
  version.extend({
    version: wholeNumber.describe("The number of this version.").prefault(1),
    versions: z
      .record(z.string().regex(/^[1-9][0-9]{0,5}$/, "the number of a version"), version)
      .describe("Other versions, by their number; each is asked at an address of its own.")
      .default({}),
  }),
)

export type PromptVersionSettings = z.output<typeof version>
export type PromptSettings = z.output<typeof promptsSchema>[string]

function isExpression(text: string): boolean {
  try {
    new RegExp(text, "u")
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
