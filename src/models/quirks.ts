/** Fields of an OpenAI chat request that some providers answer with an error instead of ignoring. */
export const REFUSED_FIELDS = [
  "frequency_penalty",
  "logit_bias",
  "logprobs",
  "metadata",
  "n",
  "name",
  "parallel_tool_calls",
  "presence_penalty",
  "seed",
  "service_tier",
  "stop",
  "store",
  "stream_options",
  "strict",
  "tool_choice",
  "tools",
  "top_logprobs",
  "user",
] as const

/** `name` is a message's, `strict` a tool's; all others stand in the request itself. `n` is refused above 1. */
export type RefusedField = (typeof REFUSED_FIELDS)[number]

/**
 * How a provider departs from the format it speaks. None of them means: `max_tokens`, a `system` role, usage in a stream when
 * `stream_options.include_usage` asks for it, JSON schemas, parallel tool calls, `seed`.
 * Each is used by a provider, whose file names the source.
 */
export interface Quirks {
  /** `always`: a stream ends with usage unasked; `never`: it has none, and is counted by the gateway. */
  readonly streamUsage?: "always" | "never"
  /** The name of the limit on output tokens; OpenAI's reasoning models refuse `max_tokens`. */
  readonly maxTokens?: "max_completion_tokens"
  /** Instructions may have the role `developer`, and keep it; elsewhere it is written as `system`. */
  readonly developerRole?: true
  /** What there is of `response_format`: only `json_object`, or nothing. */
  readonly structuredOutput?: "json-object" | "none"
  /** Fields to leave out, told in a note. */
  readonly refuses?: readonly RefusedField[]
  /** Under which name reasoning comes in messages and deltas; OpenAI's own chat has none. */
  readonly reasoning?: "reasoning_content" | "reasoning"
  /** Assistant messages that called tools have to carry their reasoning when they are sent back. */
  readonly reasoningEchoed?: true
  /** Content that is all text is sent as one string: lists of parts are for other media. */
  readonly content?: "string"
  /** Ids of tool calls are 9 letters and digits; others have to be mapped to such. */
  readonly toolCallIds?: "nine-alphanumerics"
  /** How a call of any tool is asked for instead of `required`; `none`: it cannot be. */
  readonly toolRequired?: "any" | "none"
  /** The name of `seed`. */
  readonly seed?: "random_seed"
  /** A message of a role has to be followed by one of another; neighbours are joined. */
  readonly roles?: "alternating"
  /** `cache_control` marks on parts are taken, as Anthropic has them. */
  readonly cacheControl?: true
  /** Thoughts with their signatures are taken and told as `reasoning_details`; reasoning is asked for as `reasoning`. */
  readonly reasoningDetails?: true
  /** `top_k` is accepted in a chat request, although OpenAI has none. */
  readonly topK?: true
  /** Anthropic's version stands in the body, since the model stands in the path (Vertex AI). */
  readonly anthropicVersion?: string
  /** Rerank takes `top_k` instead of `top_n` (Voyage AI). Answers hold `results` or `data`; readers take both. */
  readonly rerank?: "top-k"
}
