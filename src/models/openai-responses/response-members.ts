import { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import { FORMAT } from "./format.ts"
import { writeOutput, writeToolChoice, writeTools } from "./write-tools.ts"

/** Members of a response that are read, or that only repeat the request. */
const KNOWN: ReadonlySet<string> = new Set([
  "id",
  "object",
  "created_at",
  "completed_at",
  "status",
  "background",
  "error",
  "incomplete_details",
  "instructions",
  "max_output_tokens",
  "max_tool_calls",
  "model",
  "output",
  "output_text",
  "parallel_tool_calls",
  "previous_response_id",
  "conversation",
  "prompt",
  "prompt_cache_key",
  "prompt_cache_options",
  "prompt_cache_retention",
  "reasoning",
  "safety_identifier",
  "service_tier",
  "store",
  "temperature",
  "text",
  "tool_choice",
  "tools",
  "top_logprobs",
  "top_p",
  "truncation",
  "usage",
  "user",
  "metadata",
  "frequency_penalty",
  "presence_penalty",
])

export function readExtras(response: JsonObject): JsonObject | undefined {
  const others = Object.entries(response).filter(([name, value]) => !KNOWN.has(name) && value !== null)
  return others.length === 0 ? undefined : Object.fromEntries(others)
}

/** What a response repeats of its request, with the API's defaults; SDKs have these members as required. */
export function repeated(request: ChatRequest): JsonObject {
  const { extras, reasoning, system } = request
  const own = extras?.format === FORMAT ? extras.members : {}
  return {
    background: false,
    error: null,
    instructions: system[0]?.text ?? null,
    max_output_tokens: request.maxTokens ?? null,
    max_tool_calls: own.max_tool_calls ?? null,
    parallel_tool_calls: request.parallelTools ?? true,
    previous_response_id: null,
    prompt_cache_key: own.prompt_cache_key ?? null,
    reasoning: { effort: reasoning?.effort ?? null, summary: reasoning?.told === true ? "auto" : null },
    safety_identifier: own.safety_identifier ?? null,
    store: false,
    temperature: request.temperature ?? null,
    text: { format: writeOutput(request.output), verbosity: own["text.verbosity"] ?? "medium" },
    tool_choice: own.tool_choice ?? (request.toolChoice === undefined ? "auto" : writeToolChoice(request.toolChoice)),
    // What is lost of tools was told when they were written to the provider.
    tools: writeTools(request.tools, {}, new Losses()),
    top_logprobs: request.logprobs ?? 0,
    top_p: request.topP ?? null,
    truncation: own.truncation ?? "disabled",
    user: request.user ?? null,
    metadata: request.metadata ?? {},
  }
}
