import type { ChatRequest, Tool } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import { cachePoint, type Writing } from "./write-block.ts"

/** `toolConfig`. Where tools were called before, Bedrock asks for one, though none is to be called now. */
export function writeTools(request: ChatRequest, isThinking: boolean, writing: Writing): JsonObject {
  const { toolChoice, parallelTools } = request
  const { losses } = writing
  if (parallelTools !== undefined) losses.drop("parallel_tool_calls", "Converse has no such option")
  const called = calledTools(request)
  if (toolChoice?.kind === "none" && called.length === 0) return {}
  const tools = request.tools.flatMap((it) => writeTool(it, writing))
  if (tools.length === 0) {
    if (toolChoice !== undefined && toolChoice.kind !== "none")
      losses.drop("tool_choice", "there are no tools to choose from")
    if (called.length === 0) return {}
    return { toolConfig: { tools: called.map((name) => spec(name, {})) } }
  }
  const choice = writeChoice(request, isThinking, writing)
  return { toolConfig: { tools, ...(choice === undefined ? {} : { toolChoice: choice }) } }
}

function calledTools({ turns }: ChatRequest): readonly string[] {
  const names = new Set<string>()
  for (const turn of turns) {
    if (turn.role === "assistant") for (const it of turn.parts) if (it.kind === "tool-call") names.add(it.name)
    if (turn.role === "tool") for (const it of turn.results) if (it.name !== undefined) names.add(it.name)
  }
  return [...names]
}

const spec = (
  name: string,
  options: JsonObject,
  json: JsonObject = { type: "object", properties: {} },
): JsonObject => ({
  toolSpec: { name, ...options, inputSchema: { json } },
})

function writeTool(tool: Tool, writing: Writing): readonly JsonObject[] {
  if (tool.kind === "provider") {
    if (tool.format === "bedrock") return [tool.value]
    writing.losses.drop(`tool ${tool.what}`, `only ${tool.format} runs it`)
    return []
  }
  const { name, description = "", parameters, strict, cache } = tool
  const json =
    parameters === undefined || parameters.type !== undefined ? parameters : { type: "object", ...parameters }
  // Models that know no `strict` refuse it, and without it they are as they are with false.
  const options = { ...(description === "" ? {} : { description }), ...(strict === true ? { strict } : {}) }
  return [spec(name, options, json), ...cachePoint(cache, writing)]
}

function writeChoice(
  { toolChoice }: ChatRequest,
  isThinking: boolean,
  { family, traits, losses }: Writing,
): JsonObject | undefined {
  if (toolChoice === undefined) return undefined
  const mayForce = family !== "claude" || (traits.takesForcedTools && !isThinking)
  switch (toolChoice.kind) {
    case "auto":
      return { auto: {} }
    case "none":
      losses.drop("tool_choice", "Converse has no none, and tools have to stay as they were called before")
      return undefined
    case "required":
    case "named":
      if (mayForce) return toolChoice.kind === "required" ? { any: {} } : { tool: { name: toolChoice.name } }
      losses.drop("tool_choice", "the model cannot be made to call a tool while it thinks; auto was asked for")
      return { auto: {} }
  }
}
