import { contentAnswerNotSchema } from "../causes/content/answer-not-schema.ts"
import { contentLanguage } from "../causes/content/language.ts"
import { contentTooLong } from "../causes/content/too-long.ts"
import { type Clause, check, following, written } from "../decision/check.ts"
import { atMost, equals, oneOf } from "../decision/relations.ts"
import type { GuardedText } from "../facts/world.ts"
import { ANSWER_SCHEMA_VERSION, type AnswerCheck, answerCheck, VALID } from "./answer-schema.ts"
import type { GuardrailContext } from "./context.ts"
import { commonOf, guardClause } from "./guard-clause.ts"
import { LANGUAGE_VERSION, languageOf } from "./language/language.ts"
import { LENGTH_VERSION, lengthOf } from "./length.ts"
import type { PreparedGuardrail } from "./prepared.ts"
import { type GuardWorld, readingOf, textsOf } from "./readings.ts"
import type { AnswerSchemaSettings, LanguageSettings, LengthSettings, Lengths, Side } from "./settings.ts"

type Settings = AnswerSchemaSettings | LanguageSettings | LengthSettings

/** Clauses of guardrails on what a text is as a whole. */
export function formClauses(
  guardrail: PreparedGuardrail,
  settings: Settings,
  context: GuardrailContext,
): readonly Clause<GuardWorld>[] {
  switch (settings.kind) {
    case "answer-schema":
      return schemaClauses(guardrail, settings, context)
    case "length":
      return [
        ...lengthClauses(guardrail, "request", settings.request, context),
        ...lengthClauses(guardrail, "answer", settings.answer, context),
      ]
    case "language":
      return settings.on.map((side) => languageClause(guardrail, side, settings, context))
  }
}

function schemaClauses(
  guardrail: PreparedGuardrail,
  { kind, schema }: AnswerSchemaSettings,
  context: GuardrailContext,
): readonly Clause<GuardWorld>[] {
  const at = [guardrail.index, kind, schema.from === "file" ? "file" : "schema"]
  const compiled = compile(schema, at, context)
  if (compiled === undefined) return []
  const common = commonOf(guardrail, "answer", ANSWER_SCHEMA_VERSION)
  const fact = readingOf<string>({ ...common, otherwise: VALID }, (texts) => firstFault(texts, compiled))
  const asked = following(VALID, context.sourceAt(at), "anonymous")
  return [guardClause("answer", contentAnswerNotSchema, [check(fact, equals, asked)])]
}

/** Every text of the answer has to fit; an answer without text, of tool calls alone, has nothing that could not. */
function firstFault(texts: readonly GuardedText[], compiled: AnswerCheck): string {
  for (const { text, isAside } of texts) {
    const found = isAside === true || text.trim() === "" ? VALID : compiled(text)
    if (found !== VALID) return found
  }
  return VALID
}

function compile(
  schema: AnswerSchemaSettings["schema"],
  at: readonly (string | number)[],
  context: GuardrailContext,
): AnswerCheck | undefined {
  try {
    const written = schema.from === "file" ? context.readJson(schema.file) : schema.schema
    if (typeof written !== "object" || written === null || Array.isArray(written))
      throw new Error("it is not an object")
    return answerCheck(Object.fromEntries(Object.entries(written)))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    context.refuse(at, `is not a JSON Schema that can be used: ${message}`, "write one of draft 2020-12 or draft 7")
    return undefined
  }
}

const UNITS = ["characters", "words", "tokens"] as const

const lengthClauses = (
  guardrail: PreparedGuardrail,
  side: Side,
  limits: Lengths | undefined,
  context: GuardrailContext,
): readonly Clause<GuardWorld>[] =>
  UNITS.flatMap((unit) => {
    const most = limits?.[unit]
    if (most === undefined) return []
    const common = commonOf(guardrail, side, LENGTH_VERSION)
    const reading = { ...common, name: `${guardrail.name}.${unit}`, otherwise: 0 }
    const fact = readingOf<number>(reading, (texts) => lengthOf(textsOf(texts))[unit])
    const source = context.sourceAt([guardrail.index, guardrail.settings.kind, side, unit])
    return [guardClause(side, contentTooLong, [check(fact, atMost, written(most, source, "anonymous"))])]
  })

/** What is short or mixed is in no language that could be told, and passes. */
const UNTOLD = "unknown"
/** Below, it is rather a guess. */
const LEAST_CONFIDENCE = 0.3

function languageClause(
  guardrail: PreparedGuardrail,
  side: Side,
  { kind, allow }: LanguageSettings,
  context: GuardrailContext,
): Clause<GuardWorld> {
  const common = commonOf(guardrail, side, LANGUAGE_VERSION)
  const fact = readingOf<string | null>({ ...common, otherwise: UNTOLD }, (texts) => {
    // What the operator and earlier answers say is in whatever language.
    const spoken = texts.filter(({ role, isAside }) => isAside !== true && (side === "answer" || role === "user"))
    const { language, confidence } = languageOf(textsOf(spoken).join("\n"))
    return confidence < LEAST_CONFIDENCE ? UNTOLD : language
  })
  const asked = following([...allow, UNTOLD], context.sourceAt([guardrail.index, kind, "allow"]), "anonymous")
  return guardClause(side, contentLanguage, [check(fact, oneOf, asked)])
}
