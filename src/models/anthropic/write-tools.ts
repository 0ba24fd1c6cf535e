import type { Losses } from "../form/losses.ts"
import type { ChatRequest, Tool, ToolChoice } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import { writeCache } from "./cache-mark.ts"
import type { ModelTraits } from "./claude.ts"

const NO_ARGUMENTS: JsonObject = Object.freeze({ type: "object", properties: {} })

/** `tools` and `tool_choice`. */
export function writeTools(request: ChatRequest, traits: ModelTraits, isThinking: boolean, losses: Losses): JsonObject {
  const tools = request.tools.map((it) => writeTool(it, losses)).filter((it) => it !== undefined)
  if (tools.length === 0) {
    if (request.toolChoice !== undefined) losses.drop("tool_choice", "there are no tools to choose from")
    if (request.parallelTools !== undefined) losses.drop("parallel_tool_calls", "there are no tools to call")
    return {}
  }
  const mayForce = traits.takesForcedTools && !(isThinking && traits.isStrictWhileThinking)
  const choice = writeChoice(request, mayForce, losses)
  return { tools, ...(choice === undefined ? {} : { tool_choice: choice }) }
}

function writeTool(tool: Tool, losses: Losses): JsonObject | undefined {
  if (tool.kind === "provider") {
    if (tool.format === "anthropic") return tool.value
    losses.drop(`tool ${tool.what}`, `only ${tool.format} runs it`)
    return undefined
  }
  const { name, description, parameters = NO_ARGUMENTS, strict, cache } = tool
  return {
    name,
    ...(description === undefined ? {} : { description }),
    input_schema: parameters.type === undefined ? { type: "object", ...parameters } : parameters,
    ...(strict === undefined ? {} : { strict }),
    ...writeCache(cache),
  }
}

function writeChoice(request: ChatRequest, mayForce: boolean, losses: Losses): JsonObject | undefined {
  const { toolChoice, parallelTools } = request
  if (toolChoice === undefined && parallelTools === undefined) return undefined
  if (toolChoice?.kind === "none") {
    if (parallelTools !== undefined) losses.drop("parallel_tool_calls", "no tool is to be called")
    return { type: "none" }
  }
  const choice = toolChoice === undefined ? { type: "auto" } : choiceOf(toolChoice, mayForce, losses)
  return { ...choice, ...(parallelTools === undefined ? {} : { disable_parallel_tool_use: !parallelTools }) }
}

function choiceOf(choice: ToolChoice, mayForce: boolean, losses: Losses): JsonObject {
  if ((choice.kind === "required" || choice.kind === "named") && !mayForce) {
    losses.drop("tool_choice", "the model cannot be made to call a tool while it thinks; auto was asked for")
    return { type: "auto" }
  }
  switch (choice.kind) {
    case "required":
      return { type: "any" }
    case "named":
      return { type: "tool", name: choice.name }
    case "auto":
    case "none":
      return { type: choice.kind }
  }
}
