import { contentModerated } from "../causes/content/moderated.ts"
import { contentWebhookRefused } from "../causes/content/webhook-refused.ts"
import { type Clause, check, written } from "../decision/check.ts"
import { atMost } from "../decision/relations.ts"
import type { GuardedText } from "../facts/world.ts"
import type { GuardrailContext } from "./context.ts"
import { commonOf, guardClause } from "./guard-clause.ts"
import type { PreparedGuardrail } from "./prepared.ts"
import { askingOf, type GuardWorld } from "./readings.ts"
import type { ModerationSettings, Side, WebhookSettings } from "./settings.ts"
import { askWebhook, WEBHOOK_VERSION } from "./webhook.ts"

const MODERATION_VERSION = 1

/** Clauses of guardrails that ask somebody else for a score. */
export const askedClauses = (
  guardrail: PreparedGuardrail,
  settings: WebhookSettings | ModerationSettings,
  context: GuardrailContext,
): readonly Clause<GuardWorld>[] => {
  const { kind, on, above, unknown } = settings
  const version = kind === "webhook" ? WEBHOOK_VERSION : MODERATION_VERSION
  const cause = kind === "webhook" ? contentWebhookRefused : contentModerated
  const source = context.sourceAt([guardrail.index, kind, "above"])
  return on.map((side) => {
    const reading = { ...commonOf(guardrail, side, version), otherwise: 0 }
    const score = askingOf<number>(reading, (world, texts) => ask(settings, side, world, texts))
    return guardClause(side, cause, [check(score, atMost, written(above, source, "anonymous"))], unknown)
  })
}

async function ask(
  settings: WebhookSettings | ModerationSettings,
  side: Side,
  world: GuardWorld,
  texts: readonly GuardedText[],
): Promise<number> {
  switch (settings.kind) {
    case "webhook":
      return await askWebhook(settings, side, world, texts)
    case "moderation": {
      const text = texts.map((it) => it.text).join("\n\n")
      return inRange(await world.ask.moderate(settings.model, text, settings.withinMs))
    }
  }
}

function inRange(score: number): number {
  if (score >= 0 && score <= 1) return score
  throw new RangeError(`a moderation model scored ${score}, which is not from 0 to 1`)
}
