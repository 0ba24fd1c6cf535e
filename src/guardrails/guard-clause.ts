import { contentGuardrailUnavailable } from "../causes/content/guardrail-unavailable.ts"
import type { Cause } from "../decision/cause.ts"
import type { Check, Clause } from "../decision/check.ts"
import type { Stage } from "../decision/stage.ts"
import type { NonEmpty } from "../decision/value.ts"
import type { PreparedGuardrail } from "./prepared.ts"
import type { GuardReading, GuardWorld } from "./readings.ts"
import type { Side } from "./settings.ts"

/** A clause of one guardrail on one side. What it cannot tell is refused, unless the configuration says otherwise. */
export const guardClause = (
  side: Side,
  cause: Cause,
  anyOf: NonEmpty<Check<GuardWorld>>,
  unknown: "deny" | "allow" = "deny",
): Clause<GuardWorld> => ({
  stage: stageOf(side),
  cause,
  anyOf,
  whenUnknown: unknown === "allow" ? "allow" : { deny: contentGuardrailUnavailable },
})

const stageOf = (side: Side): Stage => (side === "request" ? "content" : "answer")

/** What all readings of one guardrail on one side share. */
export const commonOf = (
  { name, appliesTo }: PreparedGuardrail,
  side: Side,
  version: number,
): Omit<GuardReading<never>, "otherwise"> => ({ name, side, version, appliesTo })
