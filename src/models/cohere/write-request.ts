import type { Losses } from "../form/losses.ts"
import type { ChatRequest, OutputForm, Reasoning } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import { dropForeignExtras, dropMembers } from "../openai-chat/drop-members.ts"
import type { Quirks } from "../quirks.ts"
import { writeMessages } from "./write-messages.ts"

/** `V2ChatRequest` (cohere-ai, api/resources/v2; docs.cohere.com/reference/chat). */
export function writeRequest(request: ChatRequest, _quirks: Quirks, losses: Losses): JsonObject {
  const { extras, logprobs } = request
  const { messages, documents } = writeMessages(request, losses)
  dropMembers(
    request,
    ["minP", "logitBias", "audio", "user", "metadata", "serviceTier"],
    "Cohere has no such option",
    losses,
  )
  dropForeignExtras(request, "cohere", losses)
  if (logprobs !== undefined && logprobs > 0) losses.drop("top_logprobs", "Cohere tells only the chosen tokens")
  return {
    ...(extras?.format === "cohere" ? extras.members : {}),
    model: request.model,
    messages,
    stream: request.stream,
    ...(documents.length === 0 ? {} : { documents }),
    ...writeTools(request, losses),
    ...writeOutput(request.output, losses),
    ...writeThinking(request.reasoning, losses),
    ...writeSettings(request),
    ...(logprobs === undefined ? {} : { logprobs: true }),
  }
}

function writeSettings(request: ChatRequest): JsonObject {
  const { maxTokens, temperature, topP, topK, seed, presencePenalty, frequencyPenalty, stop } = request
  return {
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { p: topP }),
    ...(topK === undefined ? {} : { k: topK }),
    ...(seed === undefined ? {} : { seed }),
    ...(presencePenalty === undefined ? {} : { presence_penalty: presencePenalty }),
    ...(frequencyPenalty === undefined ? {} : { frequency_penalty: frequencyPenalty }),
    ...(stop.length === 0 ? {} : { stop_sequences: stop }),
  }
}

/** A named tool is asked for by telling no other. */
function writeTools({ tools, toolChoice }: ChatRequest, losses: Losses): JsonObject {
  const own = tools.filter((it) => it.kind === "function")
  for (const it of tools) if (it.kind === "provider") losses.drop(it.what, `only ${it.format} has it`)
  if (own.some(({ cache }) => cache !== undefined)) losses.drop("cache_control", "Cohere keeps its own cache")
  const isStrict = own.length > 0 && own.every(({ strict }) => strict === true)
  if (!isStrict && own.some(({ strict }) => strict === true))
    losses.drop("strict of tools", "Cohere's tools are strict all or none")
  const named = toolChoice?.kind === "named" ? own.filter(({ name }) => name === toolChoice.name) : own
  if (named.length === 0) {
    if (toolChoice !== undefined && toolChoice.kind !== "none")
      losses.drop("tool_choice", "there are no tools to choose from")
    return {}
  }
  const choice = toolChoice === undefined || toolChoice.kind === "auto" ? undefined : toolChoice.kind
  return {
    tools: named.map(({ name, description, parameters = { type: "object", properties: {} } }) => ({
      type: "function",
      function: { name, ...(description === undefined ? {} : { description }), parameters },
    })),
    ...(isStrict ? { strict_tools: true } : {}),
    ...(choice === undefined ? {} : { tool_choice: choice === "none" ? "NONE" : "REQUIRED" }),
  }
}

function writeOutput(output: OutputForm, losses: Losses): JsonObject {
  switch (output.kind) {
    case "text":
      return {}
    case "json":
      return { response_format: { type: "json_object" } }
    case "schema":
      if (output.description !== undefined) losses.drop("description of the schema", "Cohere takes only the schema")
      return { response_format: { type: "json_object", json_schema: output.schema } }
  }
}

function writeThinking(reasoning: Reasoning | undefined, losses: Losses): JsonObject {
  if (reasoning === undefined) return {}
  const { effort, budget, told } = reasoning
  if (told === false) losses.drop("whether thoughts are told", "Cohere tells what is thought")
  if (effort === "none") return { thinking: { type: "disabled" } }
  if (effort !== undefined) losses.drop("effort of thoughts", "Cohere knows only a budget")
  return { thinking: { type: "enabled", ...(budget === undefined ? {} : { token_budget: budget }) } }
}
