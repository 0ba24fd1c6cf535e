import type { Place } from "../form/place.ts"
import type { ChatRequest, Tool } from "../form/request.ts"
import { readCache } from "./cache-mark.ts"
import type { Unread } from "./unread.ts"

/** `ToolUnion`: what has a type other than `custom` is a tool of Anthropic's own. */
export function readTool(tool: Place, unread: Unread): Tool {
  const type = tool.at("type").optionalText() ?? "custom"
  if (type !== "custom") return { kind: "provider", format: "anthropic", what: type, value: tool.object() }
  unread.beside(tool, ["type", "name", "description", "input_schema", "strict", "cache_control"])
  const description = tool.at("description").optionalText()
  const strict = tool.at("strict").optionalBoolean()
  return {
    kind: "function",
    name: tool.at("name").text(),
    ...(description === undefined ? {} : { description }),
    parameters: tool.at("input_schema").object(),
    ...(strict === undefined ? {} : { strict }),
    ...readCache(tool),
  }
}

export function readToolChoice(choice: Place, unread: Unread): Pick<ChatRequest, "toolChoice" | "parallelTools"> {
  if (choice.isAbsent) return {}
  const type = choice.at("type").oneOf(["auto", "any", "tool", "none"])
  unread.beside(choice, ["type", "name", "disable_parallel_tool_use"])
  const isDisabled = choice.at("disable_parallel_tool_use").optionalBoolean()
  return {
    toolChoice:
      type === "tool"
        ? { kind: "named", name: choice.at("name").text() }
        : { kind: type === "any" ? "required" : type },
    ...(isDisabled === undefined ? {} : { parallelTools: !isDisabled }),
  }
}
