import type { Losses } from "../form/losses.ts"
import type { ChatRequest, Effort, Reasoning } from "../form/request.ts"
import { withUnread } from "../gemini/unread-members.ts"
import type { Json, JsonObject } from "../json.ts"
import type { Quirks, RefusedField } from "../quirks.ts"
import { FORMAT } from "./format.ts"
import type { Writing } from "./write-content.ts"
import { writeTurns } from "./write-input.ts"
import { writeOutput, writeToolChoice, writeTools } from "./write-tools.ts"

/** Members whose own members are kept apart when they are not known. */
const NESTED = ["text", "reasoning"] as const
const NO_PLACE = "the Responses API has no such option"

export function writeRequest(request: ChatRequest, quirks: Quirks, losses: Losses): JsonObject {
  const isOwn = request.extras?.format === FORMAT
  const writing: Writing = { losses, isOwn }
  const takes = (field: RefusedField, isSet: boolean): boolean => {
    if (!isSet) return false
    if (quirks.refuses?.includes(field) !== true) return true
    losses.drop(field, "the provider refuses it")
    return false
  }
  dropOthers(request, losses)
  const { toolChoice, parallelTools, reasoning, maxTokens, temperature, topP, user, metadata, serviceTier } = request
  const include = included(request, isOwn)
  const body: JsonObject = {
    model: request.model,
    ...writeConversation(request, quirks, writing),
    ...(request.tools.length === 0 ? {} : { tools: writeTools(request.tools, quirks, losses) }),
    ...(toolChoice === undefined ? {} : { tool_choice: writeToolChoice(toolChoice) }),
    ...(takes("parallel_tool_calls", parallelTools !== undefined) ? { parallel_tool_calls: parallelTools } : {}),
    ...(request.output.kind === "text" ? {} : { text: { format: writeOutput(request.output) } }),
    ...(reasoning === undefined ? {} : { reasoning: writeReasoning(reasoning, losses) }),
    ...(maxTokens === undefined ? {} : { max_output_tokens: maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(takes("top_logprobs", (request.logprobs ?? 0) > 0) ? { top_logprobs: request.logprobs } : {}),
    ...(takes("user", user !== undefined) ? { user } : {}),
    ...(takes("metadata", metadata !== undefined) ? { metadata } : {}),
    ...(takes("service_tier", serviceTier !== undefined) ? { service_tier: serviceTier } : {}),
    // Callers of other dialects did not ask that their conversation be kept, which is the default here.
    ...(isOwn || quirks.refuses?.includes("store") === true ? {} : { store: false }),
    ...(request.stream ? { stream: true } : {}),
  }
  const { include: asked, ...members } = isOwn ? (request.extras?.members ?? {}) : {}
  if (!isOwn) for (const name of Object.keys(request.extras?.members ?? {})) losses.drop(name, NO_PLACE)
  const all: readonly Json[] = [...include, ...(Array.isArray(asked) ? asked : [])]
  return withUnread(all.length === 0 ? body : { ...body, include: all }, members, NESTED, losses)
}

function writeConversation({ system, turns }: ChatRequest, quirks: Quirks, writing: Writing): JsonObject {
  const role = quirks.developerRole === true ? "developer" : "system"
  const [first, ...others] = system
  // Only content of messages can be marked.
  const isPlain = first !== undefined && (first.cache === undefined || !writing.isOwn)
  const before = isPlain ? others : system
  if (isPlain && first.cache !== undefined) writing.losses.drop("cache marks", "instructions cannot be marked")
  return {
    ...(isPlain ? { instructions: first.text } : {}),
    input: writeTurns(before.length === 0 ? turns : [{ role: "system", parts: before }, ...turns], role, writing),
  }
}

/** Thoughts come back encrypted only where they are asked for, and models that do not think refuse the question. */
function included({ logprobs, reasoning, turns }: ChatRequest, isOwn: boolean): readonly string[] {
  const include: string[] = logprobs === undefined ? [] : ["message.output_text.logprobs"]
  const thinks = reasoning !== undefined && reasoning.effort !== "none" && reasoning.budget !== 0
  const hasThought = turns.some(
    (it) => it.role === "assistant" && it.parts.some((part) => part.kind === "reasoning" && part.format === FORMAT),
  )
  if (!isOwn && (thinks || hasThought)) include.push("reasoning.encrypted_content")
  return include
}

function writeReasoning({ effort, budget, told }: Reasoning, losses: Losses): JsonObject {
  if (budget !== undefined) losses.drop("reasoning budget", "thinking is limited by an effort here, not by tokens")
  const meant = effort ?? (budget === undefined ? undefined : effortOf(budget))
  return { ...(meant === undefined ? {} : { effort: meant }), ...(told === true ? { summary: "auto" } : {}) }
}

/** The budgets Google's and Anthropic's guides give for their efforts, the nearest from below. */
function effortOf(budget: number): Effort {
  if (budget <= 0) return "none"
  if (budget <= 1024) return "low"
  return budget <= 8192 ? "medium" : "high"
}

function dropOthers(request: ChatRequest, losses: Losses): void {
  const drop = (isSet: boolean, what: string): void => {
    if (isSet) losses.drop(what, NO_PLACE)
  }
  drop(request.topK !== undefined, "topK")
  drop(request.minP !== undefined, "minP")
  drop(request.seed !== undefined, "seed")
  drop(request.presencePenalty !== undefined, "presencePenalty")
  drop(request.frequencyPenalty !== undefined, "frequencyPenalty")
  drop(request.stop.length > 0, "stop")
  drop((request.choices ?? 1) > 1, "choices")
  drop(request.logitBias !== undefined, "logitBias")
  drop(request.modalities?.some((it) => it !== "text") === true, "modalities")
  drop(request.audio !== undefined, "audio")
}
