import type { ModelTraits } from "../anthropic/claude.ts"
import { thinkingFor } from "../anthropic/thinking.ts"
import { writeSampling } from "../anthropic/write-options.ts"
import type { Losses } from "../form/losses.ts"
import type { ChatRequest, Effort } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import type { Family } from "./family.ts"
import { STOP_SEQUENCE_PATHS } from "./stops.ts"

export interface Options {
  readonly isThinking: boolean
  /** `inferenceConfig`, and what Converse has no place for. */
  readonly members: JsonObject
}

export function writeOptions(request: ChatRequest, family: Family, traits: ModelTraits, losses: Losses): Options {
  return family === "claude" ? ofClaude(request, traits, losses) : ofOthers(request, family, losses)
}

/** Claude's own options go in as its Messages API has them. */
function ofClaude(request: ChatRequest, traits: ModelTraits, losses: Losses): Options {
  const { thinking, effort, isOn, maxTokens } = thinkingFor(request, traits, losses)
  const { temperature, top_p, top_k } = writeSampling(request, traits, isOn, losses)
  const isLimited = request.maxTokens !== undefined || thinking?.budget_tokens !== undefined
  const config = inference({ maxTokens: isLimited ? maxTokens : undefined, temperature, topP: top_p }, request.stop)
  const fields = {
    ...(thinking === undefined ? {} : { thinking }),
    ...(effort === undefined ? {} : { output_config: { effort } }),
    ...(top_k === undefined ? {} : { top_k }),
  }
  const asked = request.stop.length === 0 ? {} : { additionalModelResponseFieldPaths: STOP_SEQUENCE_PATHS }
  return { isThinking: isOn, members: { ...config, ...additional(fields), ...asked } }
}

function ofOthers(request: ChatRequest, family: Family, losses: Losses): Options {
  const { maxTokens, temperature, topP, stop } = request
  const config = inference({ maxTokens, temperature, topP }, stop)
  const fields = { ...reasoning(request, family, losses), ...topK(request, family, losses) }
  return { isThinking: false, members: { ...config, ...additional(fields) } }
}

const additional = (fields: JsonObject): JsonObject =>
  Object.keys(fields).length === 0 ? {} : { additionalModelRequestFields: fields }

function inference(options: JsonObject, stopSequences: readonly string[]): JsonObject {
  const told = Object.entries(options).filter(([, value]) => value !== undefined)
  if (stopSequences.length > 0) told.push(["stopSequences", stopSequences])
  return told.length === 0 ? {} : { inferenceConfig: Object.fromEntries(told) }
}

function topK({ topK: k }: ChatRequest, family: Family, losses: Losses): JsonObject {
  if (k === undefined) return {}
  switch (family) {
    case "nova":
      return { inferenceConfig: { topK: k } }
    case "mistral":
      return { top_k: k }
    case "cohere":
      return { k }
    case "claude":
    case "openai":
    case "other":
      losses.drop("top_k", "Converse has no place for it, and the model's name tells no other")
      return {}
  }
}

/** Nova's guide "Extended thinking" and the parameters of OpenAI's open models, as in `@ai-sdk/amazon-bedrock`. */
function reasoning({ reasoning: asked }: ChatRequest, family: Family, losses: Losses): JsonObject {
  if (asked === undefined) return {}
  if (family !== "nova" && family !== "openai") {
    losses.drop("reasoning", "the model's name tells no way to ask for it")
    return {}
  }
  if (asked.told !== undefined) losses.drop("reasoning.summary", "the model has no such option")
  const effort = asked.effort ?? byBudget(asked.budget, losses)
  if (effort === "none") return none(family, losses)
  const near = nearest(effort, losses)
  if (family === "openai") return { reasoning_effort: near }
  return { reasoningConfig: { type: "enabled", maxReasoningEffort: near } }
}

function none(family: Family, losses: Losses): JsonObject {
  if (family === "nova") return { reasoningConfig: { type: "disabled" } }
  losses.drop("reasoning.effort", "the model always thinks; the effort is low")
  return { reasoning_effort: "low" }
}

function byBudget(budget: number | undefined, losses: Losses): Effort {
  if (budget === undefined) return "medium"
  losses.drop("reasoning.budget", "the model takes an effort, not a number of tokens")
  return budget <= 2048 ? "low" : budget <= 8192 ? "medium" : "high"
}

function nearest(effort: Exclude<Effort, "none">, losses: Losses): Effort {
  if (effort === "low" || effort === "medium" || effort === "high") return effort
  const near = effort === "minimal" ? "low" : "high"
  losses.drop("reasoning.effort", `the model has low, medium and high; ${near} was asked for`)
  return near
}
