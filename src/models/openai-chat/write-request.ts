import type { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import type { Json, JsonObject } from "../json.ts"
import type { Quirks, RefusedField } from "../quirks.ts"
import { mayHave } from "./chat-quirks.ts"
import { isOfBody, ownExtras } from "./leftovers.ts"
import { isChat } from "./own.ts"
import { writeMessages } from "./write-messages.ts"
import { writeOutput, writeReasoning, writeTools } from "./write-options.ts"

/** `ChatCompletionCreateParams` (openai-node, resources/chat/completions), as the provider's quirks have it. */
export function writeRequest(request: ChatRequest, quirks: Quirks, losses: Losses): JsonObject {
  return {
    ...writeExtras(request, losses),
    model: request.model,
    messages: writeMessages(request, quirks, losses),
    ...writeTools(request, quirks, losses),
    ...writeOutput(request.output, quirks, losses),
    ...writeReasoning(request.reasoning, quirks, losses),
    ...writeSettings(request, quirks, losses),
    ...writeStream(request, quirks, losses),
  }
}

/** What has no place in the body of one format is lost in all; `functions` went as tools. */
function writeExtras(request: ChatRequest, losses: Losses): JsonObject {
  const own = ownExtras(request)
  const written: Record<string, Json | undefined> = {}
  for (const [name, value] of Object.entries(own ?? {})) {
    if (name === "functions") continue
    if (isOfBody(name) && !name.includes(".")) written[name] = value
    else losses.drop(name, "the request is written anew and has no place for it")
  }
  const { extras } = request
  if (extras !== undefined && !isChat(extras.format))
    for (const name of Object.keys(extras.members)) losses.drop(name, `only ${extras.format} knows it`)
  return written
}

function writeSettings(request: ChatRequest, quirks: Quirks, losses: Losses): JsonObject {
  const may = (field: RefusedField, value: Json | undefined): JsonObject =>
    value !== undefined && mayHave(field, quirks, losses) ? { [field]: value } : {}
  const { maxTokens, temperature, topP, topK, minP, seed, choices, logprobs, modalities, audio, stop } = request
  if (quirks.topK !== true) {
    if (topK !== undefined) losses.drop("top_k", "the provider has none in this format")
    if (minP !== undefined) losses.drop("min_p", "the provider has none in this format")
  }
  const seeded = may("seed", seed)
  return {
    ...(maxTokens === undefined ? {} : { [quirks.maxTokens ?? "max_tokens"]: maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(topK === undefined || quirks.topK !== true ? {} : { top_k: topK }),
    ...(minP === undefined || quirks.topK !== true ? {} : { min_p: minP }),
    ...(quirks.seed === undefined || seeded.seed === undefined ? seeded : { [quirks.seed]: seeded.seed }),
    ...may("presence_penalty", request.presencePenalty),
    ...may("frequency_penalty", request.frequencyPenalty),
    // One answer is what everyone gives.
    ...(choices === 1 && quirks.refuses?.includes("n") ? {} : may("n", choices)),
    ...(logprobs === undefined ? {} : writeLogprobs(logprobs, may)),
    ...may("logit_bias", request.logitBias),
    ...(modalities === undefined ? {} : { modalities }),
    ...(audio === undefined ? {} : { audio }),
    ...may("stop", stop.length === 0 ? undefined : stop),
    ...may("user", request.user),
    ...may("metadata", request.metadata),
    // Anthropic's word for OpenAI's `default`.
    ...may("service_tier", request.serviceTier === "standard_only" ? "default" : request.serviceTier),
  }
}

function writeLogprobs(top: number, may: (field: RefusedField, value: Json) => JsonObject): JsonObject {
  const asked = may("logprobs", true)
  return asked.logprobs === undefined || top === 0 ? asked : { ...asked, ...may("top_logprobs", top) }
}

/** Usage is always asked for: the gateway counts by it, and keeps it from callers who did not ask. */
function writeStream({ stream }: ChatRequest, quirks: Quirks, losses: Losses): JsonObject {
  if (!stream) return {}
  const isAsked = quirks.streamUsage === undefined && mayHave("stream_options", quirks, losses)
  return { stream, ...(isAsked ? { stream_options: { include_usage: true } } : {}) }
}
