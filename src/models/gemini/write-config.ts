import type { Losses } from "../form/losses.ts"
import type { ChatRequest, Effort, Reasoning } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import { takesBudget } from "./models.ts"
import { writeOutput } from "./write-tools.ts"

const MOST_STOPS = 5

/** `generationConfig`; undefined where nothing is set. */
export function writeConfig(request: ChatRequest, losses: Losses): JsonObject | undefined {
  const { reasoning, logprobs, modalities, stop } = request
  if (stop.length > MOST_STOPS) losses.drop("stop", `Gemini takes ${MOST_STOPS} stop sequences; the first are sent`)
  const numbers = {
    temperature: request.temperature,
    topP: request.topP,
    topK: request.topK,
    candidateCount: request.choices,
    maxOutputTokens: request.maxTokens,
    seed: request.seed,
    presencePenalty: request.presencePenalty,
    frequencyPenalty: request.frequencyPenalty,
  }
  const config: JsonObject = {
    ...Object.fromEntries(Object.entries(numbers).filter(([, it]) => it !== undefined)),
    ...(stop.length === 0 ? {} : { stopSequences: stop.slice(0, MOST_STOPS) }),
    ...(logprobs === undefined ? {} : { responseLogprobs: true }),
    ...(logprobs === undefined || logprobs === 0 ? {} : { logprobs }),
    ...(modalities === undefined ? {} : { responseModalities: modalities.map((it) => it.toUpperCase()) }),
    ...(reasoning === undefined ? {} : { thinkingConfig: writeThinking(reasoning, request.model, losses) }),
    ...writeOutput(request.output, losses),
  }
  return Object.keys(config).length === 0 ? undefined : config
}

/** The API takes a budget or a level, never both. */
function writeThinking({ effort, budget, told }: Reasoning, model: string, losses: Losses): JsonObject {
  const shown = told === undefined ? {} : { includeThoughts: told }
  if (budget !== undefined) {
    if (effort !== undefined) losses.drop("reasoning effort", "the number of tokens for it is told instead")
    return { thinkingBudget: budget, ...shown }
  }
  if (effort === undefined) return shown
  if (effort === "xhigh" || effort === "max")
    losses.drop("reasoning effort", `${effort} is told as high, the most there is`)
  if (takesBudget(model)) return { thinkingBudget: budgetOf(effort, model), ...shown }
  if (effort === "none")
    losses.drop("reasoning effort", "this model cannot be told not to think; it is told to think least")
  return { thinkingLevel: levelOf(effort), ...shown }
}

/** As Google's own OpenAI-compatible endpoint has it: https://ai.google.dev/gemini-api/docs/openai#thinking */
function budgetOf(effort: Effort, model: string): number {
  switch (effort) {
    case "none":
      // The larger models always think.
      return model.includes("pro") ? 128 : 0
    case "minimal":
    case "low":
      return 1024
    case "medium":
      return 8192
    case "high":
    case "xhigh":
    case "max":
      return 24_576
  }
}

function levelOf(effort: Effort): string {
  switch (effort) {
    case "none":
    case "minimal":
      return "MINIMAL"
    case "low":
      return "LOW"
    case "medium":
      return "MEDIUM"
    case "high":
    case "xhigh":
    case "max":
      return "HIGH"
  }
}
