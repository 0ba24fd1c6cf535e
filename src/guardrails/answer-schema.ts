import { createRequire } from "node:module"
import type { ErrorObject, ValidateFunction } from "ajv"

export const ANSWER_SCHEMA_VERSION = 1

/** What is told of an answer that fits. */
export const VALID = "valid"

/** Says of a text that it is `valid`, or why not, in words of the schema and never of the text. */
export type AnswerCheck = (text: string) => string

/** Loaded with the first schema, as it takes 11 MB that most gateways have no use for; at once, as plans are built at once. */
const load = createRequire(import.meta.url)

const draft7 = (): typeof import("ajv") => load("ajv")
const draft2020 = (): typeof import("ajv/dist/2020.js") => load("ajv/dist/2020.js")

/** Compiles a JSON Schema: of draft 7 where it says so, else of 2020-12. @throws where it is none. */
export function answerCheck(schema: Readonly<Record<string, unknown>>): AnswerCheck {
  const options = { strict: false, allErrors: false, validateFormats: false } as const
  const isDraft7 = String(schema.$schema ?? "").includes("draft-07")
  const compiler = isDraft7 ? new (draft7().Ajv)(options) : new (draft2020().Ajv2020)(options)
  const validate: ValidateFunction = compiler.compile(schema)
  return (text) => {
    const value = parsed(text)
    if (value === undefined) return "not JSON"
    return validate(value) ? VALID : worded(validate.errors?.[0])
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What is no JSON is told as such.
    return undefined
  }
}

/** `type at #/properties/age/type`: what the schema asks for there is not so. */
const worded = (error: ErrorObject | undefined): string =>
  error === undefined ? "not as the schema says" : `${error.keyword} at ${error.schemaPath}`
