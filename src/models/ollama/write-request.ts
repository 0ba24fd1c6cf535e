import type { Losses } from "../form/losses.ts"
import type { ChatRequest, Tool } from "../form/request.ts"
import { type Json, type JsonObject, objectOf } from "../json.ts"
import { dropForeignExtras, dropMembers } from "../openai-chat/drop-members.ts"
import type { Quirks } from "../quirks.ts"
import { writeMessages } from "./write-messages.ts"

/** `POST /api/chat` (`ChatRequest`, ollama api/types.go; docs/api.md). */
export function writeRequest(request: ChatRequest, _quirks: Quirks, losses: Losses): JsonObject {
  const { logprobs, extras } = request
  dropMembers(request, ["logitBias", "audio", "user", "metadata", "serviceTier"], "Ollama has no such option", losses)
  dropForeignExtras(request, "ollama", losses)
  const options = writeOptions(request)
  const { options: more, ...members } = extras?.format === "ollama" ? extras.members : {}
  return {
    ...members,
    model: request.model,
    messages: writeMessages(request, losses),
    // Ollama streams unless it is told not to.
    stream: request.stream,
    ...writeTools(request, losses),
    ...writeFormat(request, losses),
    ...writeThink(request, losses),
    ...(logprobs === undefined ? {} : { logprobs: true, ...(logprobs === 0 ? {} : { top_logprobs: logprobs }) }),
    ...(Object.keys(options).length === 0 && more === undefined ? {} : { options: merged(more, options) }),
  }
}

const merged = (extra: Json | undefined, options: JsonObject): JsonObject => ({ ...objectOf(extra), ...options })

function writeOptions(request: ChatRequest): JsonObject {
  const { maxTokens, temperature, topP, topK, minP, seed, presencePenalty, frequencyPenalty, stop } = request
  return {
    ...(maxTokens === undefined ? {} : { num_predict: maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(topK === undefined ? {} : { top_k: topK }),
    ...(minP === undefined ? {} : { min_p: minP }),
    ...(seed === undefined ? {} : { seed }),
    ...(presencePenalty === undefined ? {} : { presence_penalty: presencePenalty }),
    ...(frequencyPenalty === undefined ? {} : { frequency_penalty: frequencyPenalty }),
    ...(stop.length === 0 ? {} : { stop }),
  }
}

/** Ollama's models choose by themselves; that none is called is said by telling none. */
function writeTools({ tools, toolChoice }: ChatRequest, losses: Losses): JsonObject {
  if (toolChoice?.kind === "required" || toolChoice?.kind === "named")
    losses.drop("tool_choice", "Ollama's models choose tools by themselves")
  const written = tools.flatMap((it) => writeTool(it, losses))
  return written.length === 0 || toolChoice?.kind === "none" ? {} : { tools: written }
}

function writeTool(tool: Tool, losses: Losses): readonly JsonObject[] {
  if (tool.kind === "provider") {
    losses.drop(tool.what, `only ${tool.format} has it`)
    return []
  }
  const { name, description = "", parameters = { type: "object", properties: {} }, strict, cache } = tool
  if (strict !== undefined) losses.drop("strict of tools", "Ollama does not constrain arguments")
  if (cache !== undefined) losses.drop("cache_control", "Ollama keeps its own cache")
  return [{ type: "function", function: { name, description, parameters } }]
}

/** The schema itself; what it is called and described as no model is told. */
function writeFormat({ output }: ChatRequest, losses: Losses): JsonObject {
  switch (output.kind) {
    case "text":
      return {}
    case "json":
      return { format: "json" }
    case "schema":
      if (output.description !== undefined) losses.drop("description of the schema", "Ollama takes only the schema")
      return { format: output.schema }
  }
}

/** `think`: only gpt-oss takes levels of it, and others answer a level with an error. */
function writeThink({ reasoning, model }: ChatRequest, losses: Losses): JsonObject {
  if (reasoning === undefined) return {}
  const { effort, budget, told } = reasoning
  if (told === false) losses.drop("whether thoughts are told", "Ollama tells what is thought")
  if (budget !== undefined) losses.drop("budget of thoughts", "Ollama has none")
  if (effort === "none" || (effort === undefined && budget === 0)) return { think: false }
  if (effort === undefined) return { think: true }
  if (!model.includes("gpt-oss")) {
    losses.drop("effort of thoughts", "only gpt-oss takes levels")
    return { think: true }
  }
  if (effort === "low" || effort === "medium" || effort === "high") return { think: effort }
  losses.drop(`effort of thoughts ${effort}`, "Ollama knows low, medium and high; the nearest was told")
  return { think: effort === "minimal" ? "low" : "high" }
}
