import type { Clause } from "../decision/check.ts"
import { askedClauses } from "./asked-clauses.ts"
import type { GuardrailContext } from "./context.ts"
import { findingClauses } from "./finding-clauses.ts"
import { formClauses } from "./form-clauses.ts"
import type { PreparedGuardrail } from "./prepared.ts"
import type { GuardWorld } from "./readings.ts"

/**
 * What guardrails ask of requests (stage `content`) and of answers (stage `answer`), in the order in which they are written.
 * For tracks on which models are called.
 */
export const guardrailClauses = (
  guardrails: readonly PreparedGuardrail[],
  context: GuardrailContext,
): readonly Clause<GuardWorld>[] => guardrails.flatMap((it) => clausesOf(it, context))

function clausesOf(guardrail: PreparedGuardrail, context: GuardrailContext): readonly Clause<GuardWorld>[] {
  const { settings } = guardrail
  switch (settings.kind) {
    case "sensitive-data":
    case "banned-terms":
    case "prompt-injection":
      return findingClauses(guardrail, settings, context)
    case "answer-schema":
    case "length":
    case "language":
      return formClauses(guardrail, settings, context)
    case "webhook":
    case "moderation":
      return askedClauses(guardrail, settings, context)
  }
}
