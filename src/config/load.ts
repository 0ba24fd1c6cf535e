import { readDocument } from "../text/document.ts"
import { validate } from "../text/validate.ts"
import { type BuildResult, build } from "./build.ts"
import { SCHEMA } from "./schema.ts"

export type Environment = Readonly<Record<string, string | undefined>>

/** A configuration's text to a plan, or to everything that is wrong with it. `file` is how places in it are named. */
export function loadConfig(text: string, file: string, env: Environment): BuildResult {
  const document = readDocument(text, file, env)
  const { value, faults } = validate(SCHEMA, document)
  // What is wrong with a value that could not be read follows from that it could not be read.
  const unread = new Set(document.faults.map(({ source }) => source.path))
  const found = [...document.faults, ...faults.filter(({ source }) => !unread.has(source.path))]
  if (value === undefined || found.some(({ severity }) => severity === "error")) return { faults: found }
  const built = build(value, document)
  return { ...built, faults: [...found, ...built.faults] }
}
