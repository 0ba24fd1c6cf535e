import type { Fields } from "../../http/fields.ts"
import type { Dialect } from "../../models/codec.ts"
import { providerRequestId, rateLimitLines } from "../../models/rate-limit-fields.ts"
import type { TellingWay } from "../../models/routing/way.ts"
import { returnedLines } from "../relayed-fields.ts"

/** Between the provider and the operator: sessions, and whose account it is. */
const OPERATORS: ReadonlySet<string> = new Set([
  "set-cookie",
  "openai-organization",
  "openai-project",
  "anthropic-organization-id",
])

/** The fields of an answer that passes, as lines. */
export const passedAnswerLines = (fields: Fields): string => returnedLines(fields, OPERATORS)

/** What a provider says beside its answer, as lines for the caller. What passes has the provider's own fields already. */
export function providerLines(fields: Fields, way: TellingWay, dialect: Dialect, now: number): string {
  const id = providerRequestId(fields)
  const limits = way.kind === "translate" ? rateLimitLines(fields, dialect, now) : ""
  return id === undefined ? limits : `${limits}X-Provider-Request-Id: ${id}\r\n`
}
