import type { ModelCallSeen } from "../../facts/world.ts"
import { costOf, type Pieces } from "../../models/catalogue/cost.ts"
import { estimateTokens } from "../../models/catalogue/estimate.ts"
import { priceAt } from "../../models/catalogue/price.ts"
import { NO_USAGE, type Usage } from "../../models/form/usage.ts"
import { type Json, type JsonObject, numberOf, objectOf } from "../../models/json.ts"
import type { Target } from "../../models/routing/target.ts"
import { type NanoUsd, nanoUsd } from "../../ports/money.ts"
import type { AskedModel } from "./asked-model.ts"

/** Tokens of an answer whose length nobody bounds. Most are shorter; settling puts it right. */
const USUAL_OUTPUT = 4096

/** What a call may take: its tokens by its body, and the price of the dearest target that it may reach. */
export function estimateOf(asked: AskedModel, targets: readonly Target[], now: number): ModelCallSeen["estimate"] {
  // Counting is free, wherever it is done.
  if (asked.wanted.operation === "countTokens") return { inputTokens: 0, outputTokens: 0, cost: nanoUsd(0) }
  const inputTokens = asked.body === undefined ? 0 : estimateTokens(asked.bytes)
  const outputTokens = outputOf(asked, targets)
  const usage = { ...NO_USAGE, input: inputTokens, output: outputTokens }
  const costs = targets.map((it) => costAt(it, usage, now, piecesOf(asked)))
  return { inputTokens, outputTokens, cost: nanoUsd(Math.max(0, ...costs)) }
}

/** What a call cost at a target; nothing where no price is known. */
export function costAt({ info }: Target, usage: Usage, now: number, pieces: Pieces): NanoUsd {
  const price = info === undefined ? undefined : priceAt(info.prices, now)
  return price === undefined ? nanoUsd(0) : costOf(usage, price, pieces)
}

/** What is asked for that is not paid by tokens. How long a sound is shows only once it was heard. */
export const piecesOf = ({ wanted, body }: AskedModel): Pieces => ({
  images: wanted.operation === "images" ? Math.min(Math.max(1, numberOf(body?.n) ?? 1), MOST_CHOICES) : 0,
  audioSeconds: 0,
})

/** Of one call. */
const MOST_CHOICES = 128

const WRITING = new Set(["chat", "responses", "completions"])

function outputOf({ wanted, body }: AskedModel, targets: readonly Target[]): number {
  if (!WRITING.has(wanted.operation) || body === undefined) return 0
  const most = Math.max(0, ...targets.map(({ info }) => info?.output ?? USUAL_OUTPUT))
  const each = Math.min(bound(body) ?? Math.min(most, USUAL_OUTPUT), 10_000_000)
  return Math.ceil(each * Math.min(choicesOf(body), MOST_CHOICES))
}

/** `best_of`: so many are made and paid for, however many are told. */
const choicesOf = (body: JsonObject): number =>
  Math.max(1, ...numbersIn(body, ["n", "best_of"]), ...numbersIn(body.generationConfig, ["candidateCount"]))

/** How long the caller lets the answer be, by whatever name its dialect has for that. */
function bound(body: JsonObject): number | undefined {
  const config = ["maxOutputTokens", "max_output_tokens"]
  // Which of them counts is the provider's choice.
  const found = [
    ...numbersIn(body, ["max_completion_tokens", "max_tokens", "max_output_tokens"]),
    ...numbersIn(body.generationConfig, config),
    ...numbersIn(body.generation_config, config),
  ].filter((it) => it >= 0)
  return found.length === 0 ? undefined : Math.ceil(Math.max(...found))
}

const numbersIn = (value: Json | undefined, names: readonly string[]): readonly number[] =>
  names.flatMap((it) => numberOf(objectOf(value)?.[it]) ?? [])

/**
 * What a call took whose usage nobody told: what it was thought to take, and no less than what was seen of it. A caller who leaves
 * a long answer just before its end pays for it. `tokens`: of the answer that came, at least.
 */
export function takenAtLeast(
  asked: AskedModel,
  estimate: NonNullable<ModelCallSeen["estimate"]>,
  target: Target,
  tokens: number,
  now: number,
): ModelCallSeen["estimate"] {
  if (tokens <= estimate.outputTokens) return estimate
  const usage = { ...NO_USAGE, input: estimate.inputTokens, output: tokens }
  return { ...estimate, outputTokens: tokens, cost: costAt(target, usage, now, piecesOf(asked)) }
}
