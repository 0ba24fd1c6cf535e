import type { Losses } from "../form/losses.ts"
import type { OutputForm, Tool, ToolChoice } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import type { Quirks } from "../quirks.ts"
import { FORMAT } from "./format.ts"

/** Where `strict` is not told it is written as false, since here it would mean true. */
export function writeTools(tools: readonly Tool[], quirks: Quirks, losses: Losses): readonly JsonObject[] {
  const takesStrict = quirks.refuses?.includes("strict") !== true
  return tools.flatMap((tool): readonly JsonObject[] => {
    if (tool.kind === "provider") {
      if (tool.format === FORMAT) return [tool.value]
      losses.drop(tool.what, `it is a tool that only ${tool.format} runs`)
      return []
    }
    if (tool.cache !== undefined) losses.drop("cache marks", "tools cannot be marked")
    if (!takesStrict && tool.strict === true) losses.drop("strict", "the provider refuses it")
    return [
      {
        type: "function",
        name: tool.name,
        ...(tool.description === undefined ? {} : { description: tool.description }),
        parameters: tool.parameters ?? null,
        ...(takesStrict ? { strict: tool.strict ?? false } : {}),
      },
    ]
  })
}

export const writeToolChoice = (choice: ToolChoice): string | JsonObject =>
  choice.kind === "named" ? { type: "function", name: choice.name } : choice.kind

/** `text.format`. */
export function writeOutput(output: OutputForm): JsonObject {
  switch (output.kind) {
    case "text":
      return { type: "text" }
    case "json":
      return { type: "json_object" }
    case "schema":
      return {
        type: "json_schema",
        name: output.name,
        schema: output.schema,
        ...(output.strict === undefined ? {} : { strict: output.strict }),
        ...(output.description === undefined ? {} : { description: output.description }),
      }
  }
}
