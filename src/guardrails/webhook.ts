import { z } from "zod"
import type { GuardedText } from "../facts/world.ts"
import type { GuardWorld } from "./readings.ts"
import type { Side, WebhookSettings } from "./settings.ts"

export const WEBHOOK_VERSION = 1

/** A verdict goes before the score, as it is the webhook's own. */
const ANSWER = z.object({
  score: z.number().min(0).max(1).optional(),
  verdict: z.enum(["allow", "refuse"]).optional(),
})

/** What is sent: `{"side", "model", "key", "text"}`, the texts of the side with an empty line between them. */
const questionOf = (side: Side, model: string | null, key: string | null, texts: readonly GuardedText[]) => ({
  side,
  model,
  key,
  text: texts.map(({ text }) => text).join("\n\n"),
})

/** The score of a webhook, from 0 to 1. @throws where it cannot be asked, or answers with neither score nor verdict. */
export async function askWebhook(
  { url, withinMs }: WebhookSettings,
  side: Side,
  world: GuardWorld,
  texts: readonly GuardedText[],
): Promise<number> {
  const model = world.modelCall?.model ?? null
  const read = ANSWER.safeParse(await world.ask.post(url, questionOf(side, model, world.ask.key, texts), withinMs))
  const score = read.success ? scoreOf(read.data) : undefined
  if (score === undefined)
    throw new Error("the guardrail's webhook answers with neither a score from 0 to 1 nor a verdict")
  return score
}

function scoreOf({ verdict, score }: z.output<typeof ANSWER>): number | undefined {
  switch (verdict) {
    case "allow":
      return 0
    case "refuse":
      return 1
    case undefined:
      return score
  }
}
