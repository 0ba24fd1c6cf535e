import type { Losses } from "../form/losses.ts"
import type { OutputForm, Tool, ToolChoice } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import { FORMAT } from "./format.ts"
import { prunedJsonSchema, writeSchema } from "./schema.ts"

export function writeTools(tools: readonly Tool[], losses: Losses): readonly JsonObject[] {
  const functions: JsonObject[] = []
  const others: JsonObject[] = []
  for (const tool of tools) {
    if (tool.kind === "function") functions.push(writeFunction(tool, losses))
    else if (tool.format === FORMAT) others.push(tool.value)
    else losses.drop(tool.what, `it is a tool that only ${tool.format} runs`)
  }
  return functions.length === 0 ? others : [{ functionDeclarations: functions }, ...others]
}

function writeFunction(tool: Extract<Tool, { readonly kind: "function" }>, losses: Losses): JsonObject {
  const { name, description, parameters, strict, cache } = tool
  if (cache !== undefined) losses.drop("cache marks", "Gemini caches prompts by itself, or as objects made before")
  if (strict === true) losses.drop("strict", "Gemini does not promise that arguments keep to their schema")
  const own = parameters === undefined ? undefined : writeSchema(parameters)
  return {
    name,
    ...(description === undefined ? {} : { description }),
    ...(own === undefined ? {} : { parameters: own }),
    ...(own !== undefined || parameters === undefined
      ? {}
      : { parametersJsonSchema: prunedJsonSchema(parameters, losses) }),
  }
}

export function writeToolConfig(choice: ToolChoice): JsonObject {
  switch (choice.kind) {
    case "auto":
      return { functionCallingConfig: { mode: "AUTO" } }
    case "none":
      return { functionCallingConfig: { mode: "NONE" } }
    case "required":
      return { functionCallingConfig: { mode: "ANY" } }
    case "named":
      return { functionCallingConfig: { mode: "ANY", allowedFunctionNames: [choice.name] } }
  }
}

/** Members of `generationConfig`. */
export function writeOutput(output: OutputForm, losses: Losses): JsonObject {
  switch (output.kind) {
    case "text":
      return {}
    case "json":
      return { responseMimeType: "application/json" }
    case "schema": {
      if (output.description !== undefined) losses.drop("schema description", "the form of the answer has none")
      const own = writeSchema(output.schema)
      const schema =
        own === undefined ? { responseJsonSchema: prunedJsonSchema(output.schema, losses) } : { responseSchema: own }
      return { responseMimeType: "application/json", ...schema }
    }
  }
}
