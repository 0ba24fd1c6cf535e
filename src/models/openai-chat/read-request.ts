import type { Asked } from "../codec.ts"
import { Place } from "../form/place.ts"
import { type ChatRequest, EFFORTS, type Reasoning } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import { Leftovers } from "./leftovers.ts"
import { readMessages } from "./read-messages.ts"
import { optional, readSettings, SETTINGS } from "./read-settings.ts"
import { readOutput, readToolChoice, readTools } from "./read-tools.ts"

/** `functions` is read but also left over: it tells that the answer's calls are looked for in `function_call`. */
const KNOWN: ReadonlySet<string> = new Set([
  ...SETTINGS,
  "model",
  "messages",
  "tools",
  "tool_choice",
  "function_call",
  "parallel_tool_calls",
  "response_format",
  "reasoning_effort",
  "reasoning",
  "max_tokens",
  "max_completion_tokens",
  "logprobs",
  "top_logprobs",
  "modalities",
  "audio",
])
const STREAM_OPTIONS: ReadonlySet<string> = new Set(["include_usage", "include_obfuscation"])
const REASONING: ReadonlySet<string> = new Set(["effort", "max_tokens", "exclude", "enabled"])

/** `ChatCompletionCreateParams` (openai-node, resources/chat/completions), with `reasoning` as OpenRouter has it. */
export function readRequest(json: JsonObject, asked: Asked): ChatRequest {
  const body = new Place(json)
  const left = new Leftovers()
  left.take(json, KNOWN, "")
  left.take(json.stream_options, STREAM_OPTIONS, "stream_options.")
  left.take(json.reasoning, REASONING, "reasoning.")
  const { system, turns } = readMessages(body.at("messages"), left)
  return {
    model: asked.model ?? body.at("model").text(),
    system,
    turns,
    tools: readTools(body, left),
    ...readToolChoice(body, left),
    ...optional("parallelTools", body.at("parallel_tool_calls").optionalBoolean()),
    output: readOutput(body.at("response_format"), left),
    ...optional("reasoning", readReasoning(body)),
    ...optional(
      "maxTokens",
      body.at("max_completion_tokens").optionalNumber() ?? body.at("max_tokens").optionalNumber(),
    ),
    ...optional("logprobs", readLogprobs(body)),
    ...optional("modalities", readModalities(body.at("modalities"))),
    ...optional("audio", body.at("audio").optionalObject()),
    ...readSettings(body),
    ...left.extras,
  }
}

function readReasoning(body: Place): Reasoning | undefined {
  const told = body.at("reasoning")
  const effort = body.at("reasoning_effort").isAbsent ? told.at("effort") : body.at("reasoning_effort")
  const exclude = told.at("exclude").optionalBoolean()
  const isOff = told.at("enabled").optionalBoolean() === false
  const reasoning: Reasoning = {
    ...(effort.isAbsent ? (isOff ? { effort: "none" } : {}) : { effort: effort.oneOf(EFFORTS) }),
    ...optional("budget", told.at("max_tokens").optionalNumber()),
    ...optional("told", exclude === undefined ? undefined : !exclude),
  }
  return Object.keys(reasoning).length === 0 ? undefined : reasoning
}

/** `top_logprobs` counts only where `logprobs` is asked for. */
const readLogprobs = (body: Place): number | undefined =>
  body.at("logprobs").optionalBoolean() === true ? (body.at("top_logprobs").optionalNumber() ?? 0) : undefined

const readModalities = (told: Place): ChatRequest["modalities"] =>
  told.isAbsent ? undefined : told.items().map((it) => it.oneOf(["text", "audio", "image"]))
