import type { Losses } from "../form/losses.ts"
import type { ChatRequest, Effort, OutputForm, Reasoning, Tool, ToolChoice } from "../form/request.ts"
import type { Json, JsonObject } from "../json.ts"
import type { Quirks } from "../quirks.ts"
import { writeMark } from "./cache-mark.ts"
import { mayHave } from "./chat-quirks.ts"
import { isChat } from "./own.ts"

export function writeTools(request: ChatRequest, quirks: Quirks, losses: Losses): JsonObject {
  const { toolChoice, parallelTools } = request
  const tools = request.tools.flatMap((it) => writeTool(it, quirks, losses))
  if (tools.length === 0 || !mayHave("tools", quirks, losses)) {
    // OpenAI refuses both where there is no tool.
    if (toolChoice !== undefined && toolChoice.kind !== "none")
      losses.drop("tool_choice", "there are no tools to choose from")
    return {}
  }
  const choice = toolChoice === undefined ? undefined : writeChoice(toolChoice, quirks, losses)
  return {
    tools,
    ...(choice !== undefined && mayHave("tool_choice", quirks, losses) ? { tool_choice: choice } : {}),
    ...(parallelTools !== undefined && mayHave("parallel_tool_calls", quirks, losses)
      ? { parallel_tool_calls: parallelTools }
      : {}),
  }
}

function writeTool(tool: Tool, quirks: Quirks, losses: Losses): readonly JsonObject[] {
  if (tool.kind === "provider") {
    if (isChat(tool.format)) return [tool.value]
    losses.drop(tool.what, `only ${tool.format} has it`)
    return []
  }
  const { name, description, parameters, strict, cache } = tool
  const told: JsonObject = {
    name,
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(strict !== undefined && mayHave("strict", quirks, losses) ? { strict } : {}),
  }
  return [{ type: "function", function: told, ...writeMark(cache, quirks.cacheControl === true, losses) }]
}

function writeChoice(choice: ToolChoice, { toolRequired }: Quirks, losses: Losses): Json | undefined {
  switch (choice.kind) {
    case "auto":
    case "none":
      return choice.kind
    case "required":
      if (toolRequired === "none") {
        losses.drop("tool_choice required", "the provider cannot be made to call a tool")
        return undefined
      }
      return toolRequired ?? "required"
    case "named":
      return { type: "function", function: { name: choice.name } }
  }
}

export function writeOutput(output: OutputForm, quirks: Quirks, losses: Losses): JsonObject {
  if (output.kind === "text") return {}
  if (quirks.structuredOutput === "none") {
    losses.drop("response_format", "the provider has none")
    return {}
  }
  if (output.kind === "json") return { response_format: { type: "json_object" } }
  if (quirks.structuredOutput === "json-object") {
    losses.drop("response_format.json_schema", "the provider knows only json_object, which was asked for instead")
    return { response_format: { type: "json_object" } }
  }
  const { name, schema, strict, description } = output
  const told: JsonObject = {
    name,
    schema,
    ...(strict !== undefined && mayHave("strict", quirks, losses) ? { strict } : {}),
    ...(description === undefined ? {} : { description }),
  }
  return { response_format: { type: "json_schema", json_schema: told } }
}

/** OpenRouter's `reasoning` where details are taken; elsewhere OpenAI's `reasoning_effort`, which has no budget. */
export function writeReasoning(reasoning: Reasoning | undefined, quirks: Quirks, losses: Losses): JsonObject {
  if (reasoning === undefined) return {}
  const { effort, budget, told } = reasoning
  if (quirks.reasoningDetails === true)
    return {
      reasoning: {
        ...(effort === undefined ? {} : { effort }),
        ...(budget === undefined ? {} : { max_tokens: budget }),
        ...(told === undefined ? {} : { exclude: !told }),
      },
    }
  if (told !== undefined) losses.drop("whether thoughts are told", "OpenAI's chat has no say in it")
  if (budget === undefined) return effort === undefined ? {} : { reasoning_effort: effort }
  losses.drop("budget of thoughts", "OpenAI's chat knows only an effort, which was told instead")
  return { reasoning_effort: effort ?? effortOf(budget) }
}

/** Tokens, as the shares OpenRouter and LiteLLM put beside the efforts. */
function effortOf(budget: number): Effort {
  if (budget <= 0) return "none"
  if (budget <= 2048) return "low"
  return budget <= 8192 ? "medium" : "high"
}
