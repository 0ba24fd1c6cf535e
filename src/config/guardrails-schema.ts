import { z } from "zod"
import { LANGUAGES } from "../guardrails/language/language.ts"
import { SENSITIVE_KINDS } from "../guardrails/sensitive/sensitive-data.ts"
import type { GuardrailSettings, Lengths } from "../guardrails/settings.ts"
import { LONGEST_TERM } from "../guardrails/terms/terms.ts"
import { duration, httpUrl, wholeNumber } from "../text/units.ts"

const common = {
  models: z
    .array(z.string().min(1).max(128))
    .min(1)
    .describe("Models it is for, by the names callers use; `*` stands for anything. Default: all.")
    .optional(),
}
const sides = z.array(z.enum(["request", "answer"])).min(1)
const onBoth = sides.describe("Where it looks.").default(["request", "answer"])
const onRequest = sides.describe("Where it looks.").default(["request"])
const treatment = z.enum(["mask", "refuse"]).describe("Blotted out, as `[EMAIL]`, or refused.").default("refuse")
const term = z.string().min(1).max(LONGEST_TERM)
const share = z.number().min(0).max(1)
const unknown = z.enum(["deny", "allow"]).describe("While it cannot be asked.").default("deny")

const sensitiveData = z.strictObject({
  find: z
    .array(z.enum(SENSITIVE_KINDS))
    .describe("Kinds that are known by their form.")
    .default([...SENSITIVE_KINDS]),
  names: z
    .array(term)
    .max(100_000)
    .describe("Names of people or things, found as whole words in any case.")
    .default([]),
  on: onBoth,
  // biome-ignore lint/suspicious/noThenProperty: as it is written in the file
  then: treatment,
  ...common,
})
const bannedTerms = z.strictObject({
  terms: z
    .array(term)
    .min(1)
    .max(100_000)
    .describe("Words and phrases, found as whole words in any case, also disguised."),
  on: onBoth,
  // biome-ignore lint/suspicious/noThenProperty: as it is written in the file
  then: treatment,
  ...common,
})
const promptInjection = z.strictObject({
  above: share.describe("Scores above are refused; users' texts and tools' results are looked at.").default(0.7),
  ...common,
})
const answerSchema = z
  .strictObject({
    schema: z.record(z.string(), z.unknown()).describe("A JSON Schema, draft 2020-12 or draft 7.").optional(),
    file: z.string().min(1).describe("A file with one.").optional(),
    ...common,
  })
  .refine(({ schema, file }) => (schema === undefined) !== (file === undefined), "either `schema` or `file`")
const lengths = z.strictObject({
  characters: wholeNumber.describe("At most.").optional(),
  words: wholeNumber.describe("At most.").optional(),
  tokens: wholeNumber.describe("At most, estimated.").optional(),
})
const length = z
  .strictObject({
    request: lengths.describe("Of all texts of a request together.").optional(),
    answer: lengths.describe("Of all texts of an answer together.").optional(),
    ...common,
  })
  .refine(({ request, answer }) => request !== undefined || answer !== undefined, "`request` or `answer`, or both")
const language = z.strictObject({
  allow: z.array(z.enum(LANGUAGES)).min(1).describe("ISO 639-1. What is too short to be told passes."),
  on: onRequest,
  ...common,
})
const webhook = z.strictObject({
  url: httpUrl.describe(
    "Is sent `side`, `model`, `key` and `text` as JSON, and answers a `score` from 0 to 1 or a `verdict`.",
  ),
  on: onRequest,
  above: share.describe("Scores above are refused.").default(0.5),
  within: duration.describe("How long is waited.").prefault("2s"),
  unknown,
  ...common,
})
const moderation = z.strictObject({
  model: z.string().min(1).max(128).describe("One of `models`, which scores texts."),
  on: onRequest,
  above: share.describe("Scores above are refused.").default(0.5),
  within: duration.describe("How long is waited.").prefault("10s"),
  unknown,
  ...common,
})

const entry = z
  .strictObject({
    "sensitive-data": sensitiveData.describe("Looks for addresses, numbers, keys and names.").optional(),
    "banned-terms": bannedTerms.describe("Looks for words that may not be said.").optional(),
    "prompt-injection": promptInjection.describe("Scores how much a text looks like orders to the model.").optional(),
    "answer-schema": answerSchema.describe("Asks that answers fit a JSON Schema.").optional(),
    length: length.describe("Bounds the length of texts.").optional(),
    language: language.describe("Accepts texts in some languages only.").optional(),
    webhook: webhook.describe("Asks a service of yours.").optional(),
    moderation: moderation.describe("Asks a model made for it.").optional(),
  })
  .refine((it) => Object.keys(it).length === 1, "one guardrail per entry; begin the next with its own `-`")
  .describe("One guardrail and its options.")

/** The list `guardrails`: what is asked of model calls and their answers, in the order written. */
export const guardrailsSchema = z.array(entry)

/** The list as it is worked with. Entry `i` stands at `guardrails[i].<kind>`. */
export const guardrailSettings = (written: z.output<typeof guardrailsSchema>): readonly GuardrailSettings[] =>
  written.flatMap((it) => settingsOf(it) ?? [])

function settingsOf(it: z.output<typeof entry>): GuardrailSettings | undefined {
  const sensitive = it["sensitive-data"]
  if (sensitive !== undefined) {
    const { find, names, on, then: does, models } = sensitive
    return { kind: "sensitive-data", find, names, on, does, models }
  }
  const banned = it["banned-terms"]
  if (banned !== undefined) {
    const { terms, on, then: does, models } = banned
    return { kind: "banned-terms", terms, on, does, models }
  }
  const injection = it["prompt-injection"]
  if (injection !== undefined) return { kind: "prompt-injection", above: injection.above, models: injection.models }
  const schema = it["answer-schema"]
  if (schema !== undefined) return { kind: "answer-schema", schema: schemaOf(schema), models: schema.models }
  if (it.length !== undefined) {
    const { request, answer, models } = it.length
    return { kind: "length", request: lengthsOf(request), answer: lengthsOf(answer), models }
  }
  if (it.language !== undefined) return { kind: "language", ...it.language, models: it.language.models }
  if (it.webhook !== undefined) {
    const { within: withinMs, ...rest } = it.webhook
    return { kind: "webhook", ...rest, withinMs, models: rest.models }
  }
  if (it.moderation !== undefined) {
    const { within: withinMs, ...rest } = it.moderation
    return { kind: "moderation", ...rest, withinMs, models: rest.models }
  }
  return undefined
}

const schemaOf = ({ schema, file = "" }: z.output<typeof answerSchema>) =>
  schema === undefined ? ({ from: "file", file } as const) : ({ from: "inline", schema } as const)

const lengthsOf = (it: z.output<typeof lengths> | undefined): Lengths | undefined =>
  it === undefined ? undefined : { characters: it.characters, words: it.words, tokens: it.tokens }
