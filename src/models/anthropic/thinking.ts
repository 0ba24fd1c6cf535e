import type { Losses } from "../form/losses.ts"
import type { ChatRequest, Effort, Reasoning } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import type { ModelTraits } from "./claude.ts"

/** Members of a request that say how much to think. */
export interface Thinking {
  readonly thinking?: JsonObject
  /** Of `output_config`. */
  readonly effort?: string
  readonly isOn: boolean
  readonly maxTokens: number
}

/** The least that Anthropic takes. */
const LEAST = 1024
const BUDGETS: { readonly [E in Exclude<Effort, "none">]: number } = {
  minimal: LEAST,
  low: 2048,
  medium: 8192,
  high: 16_384,
  xhigh: 24_576,
  max: 32_768,
}

export function thinkingFor(request: ChatRequest, traits: ModelTraits, losses: Losses): Thinking {
  const { reasoning, maxTokens = traits.answerTokens } = request
  if (reasoning === undefined) return { isOn: false, maxTokens }
  if (reasoning.effort === "none") return off(traits, maxTokens, losses)
  if (traits.takesBudget && (reasoning.budget !== undefined || !traits.takesAdaptive))
    return byBudget(request, reasoning, traits, losses)
  if (traits.takesAdaptive) return adaptive(reasoning, traits, maxTokens, losses)
  losses.drop("reasoning", "the model does not think")
  return { isOn: false, maxTokens }
}

function off(traits: ModelTraits, maxTokens: number, losses: Losses): Thinking {
  if (traits.canNotThink) return { thinking: { type: "disabled" }, isOn: false, maxTokens }
  losses.drop("reasoning.effort", "the model always thinks; the effort is low")
  return { effort: "low", isOn: true, maxTokens }
}

const display = (told: boolean | undefined): JsonObject =>
  told === undefined ? {} : { display: told ? "summarized" : "omitted" }

function byBudget(request: ChatRequest, reasoning: Reasoning, traits: ModelTraits, losses: Losses): Thinking {
  const { effort, told, budget: wanted } = reasoning
  const { maxTokens = traits.answerTokens } = request
  if (effort === undefined && wanted === undefined && told !== undefined) {
    losses.drop("reasoning.summary", "the model thinks only where it is told how much")
    return { isOn: false, maxTokens }
  }
  const meant = wanted ?? (effort === undefined || effort === "none" ? BUDGETS.medium : BUDGETS[effort])
  const most = request.maxTokens === undefined ? meant + traits.answerTokens : maxTokens
  if (most <= LEAST) {
    losses.drop("reasoning", "thinking takes 1024 tokens at least, and the answer is limited to fewer")
    return { isOn: false, maxTokens }
  }
  if (effort !== undefined && wanted !== undefined && !traits.takesAdaptive)
    losses.drop("reasoning.effort", "the model takes a number of tokens, which is told too")
  // Thoughts count towards the limit, and the budget has to be below it.
  const budget = meant < most ? meant : Math.max(LEAST, Math.floor(most * 0.8))
  if (budget !== meant) losses.drop("reasoning.budget", "it has to be below the limit of the answer, and was made so")
  return {
    // Told is the default of these models.
    thinking: { type: "enabled", budget_tokens: budget, ...(told === false ? display(told) : {}) },
    ...(effort === undefined || !traits.takesAdaptive ? {} : { effort: effortFor(effort, traits, losses) }),
    isOn: true,
    maxTokens: most,
  }
}

function adaptive(reasoning: Reasoning, traits: ModelTraits, maxTokens: number, losses: Losses): Thinking {
  const { effort, budget, told } = reasoning
  if (budget !== undefined) losses.drop("reasoning.budget", "the model takes an effort, not a number of tokens")
  const meant = effort ?? (budget === undefined ? undefined : effortOf(budget))
  return {
    thinking: { type: "adaptive", ...display(told) },
    ...(meant === undefined ? {} : { effort: effortFor(meant, traits, losses) }),
    isOn: true,
    maxTokens,
  }
}

function effortOf(budget: number): Effort {
  if (budget <= BUDGETS.low) return "low"
  return budget <= BUDGETS.medium ? "medium" : "high"
}

function effortFor(effort: Effort, { takesXhigh }: ModelTraits, losses: Losses): string {
  if (effort === "minimal") {
    losses.drop("reasoning.effort", "the least that Anthropic takes is low")
    return "low"
  }
  if (effort !== "xhigh" || takesXhigh) return effort
  losses.drop("reasoning.effort", "the model has no xhigh; high was asked for")
  return "high"
}
