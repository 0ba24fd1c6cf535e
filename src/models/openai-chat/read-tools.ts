import type { Place } from "../form/place.ts"
import type { OutputForm, Tool, ToolChoice } from "../form/request.ts"
import { textOf } from "../json.ts"
import { readMark } from "./cache-mark.ts"
import type { Leftovers } from "./leftovers.ts"
import { optional } from "./read-settings.ts"

const TOOL: ReadonlySet<string> = new Set(["type", "function", "cache_control"])
const FUNCTION: ReadonlySet<string> = new Set(["name", "description", "parameters", "strict"])

/** `tools`, or `functions` as they were told before there were tools. */
export function readTools(body: Place, left: Leftovers): readonly Tool[] {
  const tools = body.at("tools")
  if (tools.isAbsent)
    return body
      .at("functions")
      .items()
      .map((it) => readFunction(it, it, left))
  return tools.items().map((it) => {
    const { value } = it
    const type = it.at("type").text()
    if (type === "function") {
      left.take(value, TOOL, "tools[].")
      return readFunction(it.at("function"), it, left)
    }
    // Custom tools of OpenAI, and those that providers run themselves, as Mistral's and Z.AI's web search.
    const what = `tool ${textOf(it.at("custom").isAbsent ? undefined : it.at("custom").object().name) ?? type}`
    return { kind: "provider", format: "openai-chat", what, value: it.object() }
  })
}

function readFunction(told: Place, tool: Place, left: Leftovers): Tool {
  left.take(told.value, FUNCTION, "tools[].function.")
  return {
    kind: "function",
    name: told.at("name").text(),
    ...optional("description", told.at("description").optionalText()),
    ...optional("parameters", told.at("parameters").optionalObject()),
    ...optional("strict", told.at("strict").optionalBoolean()),
    ...readMark(tool),
  }
}

/** `tool_choice`, or `function_call` as it was before. What only OpenAI can say (allowed tools, a custom tool) is left over. */
export function readToolChoice(body: Place, left: Leftovers): { readonly toolChoice?: ToolChoice } {
  const choice = body.at("tool_choice")
  const told = choice.isAbsent ? body.at("function_call") : choice
  if (told.isAbsent) return {}
  if (typeof told.value === "string") {
    // `any` is Mistral's.
    const kind = told.oneOf(["auto", "none", "required", "any"])
    return { toolChoice: { kind: kind === "any" ? "required" : kind } }
  }
  if (choice.isAbsent) return { toolChoice: { kind: "named", name: told.at("name").text() } }
  if (told.at("type").text() === "function")
    return { toolChoice: { kind: "named", name: told.at("function").at("name").text() } }
  left.keep("tool_choice", told.object())
  return {}
}

/** `response_format`. */
export function readOutput(told: Place, left: Leftovers): OutputForm {
  if (told.isAbsent) return { kind: "text" }
  const type = told.at("type").text()
  switch (type) {
    case "text":
      return { kind: "text" }
    case "json_object":
      return { kind: "json" }
    case "json_schema": {
      const schema = told.at("json_schema")
      return {
        kind: "schema",
        name: schema.at("name").text(),
        schema: schema.at("schema").optionalObject() ?? {},
        ...optional("strict", schema.at("strict").optionalBoolean()),
        ...optional("description", schema.at("description").optionalText()),
      }
    }
    default:
      // Grammars and the like, which servers of open models have.
      left.keep("response_format", told.object())
      return { kind: "text" }
  }
}
