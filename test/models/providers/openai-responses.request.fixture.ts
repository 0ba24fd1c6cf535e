import type { z } from "zod"
import { type Asked, type AskedMessage, type AskedPart, linkedPart } from "./asked.fixture.ts"
import type { Item, outputText, ResponsesRequest, refusal, userPart } from "./openai-responses.schema.fixture.ts"
import { Refused } from "./wire.fixture.ts"

export function responsesAsked(request: ResponsesRequest): Asked {
  const items: readonly Item[] =
    typeof request.input === "string" ? [{ role: "user", content: request.input }] : request.input
  refuseUnmatched(items)
  const { tool_choice: choice, text, reasoning: thought } = request
  const wanted = text?.format?.type === "json_schema" ? text.format.schema : text?.format?.type === "json_object"
  return {
    model: request.model,
    isStreamed: request.stream ?? false,
    system: [...(request.instructions ? [request.instructions] : []), ...items.flatMap(systemOf)],
    messages: items.flatMap(itemAsked),
    tools: (request.tools ?? []).flatMap((it) => ("parameters" in it ? [namedTool(it)] : [])),
    toolChoice: typeof choice === "object" ? choice : (choice ?? "auto"),
    ...(wanted !== false && { schema: wanted }),
    isReasoningAsked: (thought?.effort ?? "none") !== "none" || thought?.summary != null,
    ...(typeof request.max_output_tokens === "number" && { maxTokens: request.max_output_tokens }),
    stops: [],
    choices: 1,
    areLogprobsAsked: request.include?.includes("message.output_text.logprobs") ?? false,
    hasCacheMark: false,
  }
}

const namedTool = (it: Readonly<Record<string, unknown>>) => ({
  name: String(it.name),
  parameters: it.parameters,
})

function systemOf(it: Item): readonly string[] {
  if (!("role" in it) || (it.role !== "system" && it.role !== "developer")) return []
  return typeof it.content === "string"
    ? [it.content]
    : it.content.flatMap((p) => (p.type === "input_text" ? [p.text] : []))
}

function itemAsked(it: Item): readonly AskedMessage[] {
  if ("role" in it) {
    if (it.role === "system" || it.role === "developer") return []
    const parts: readonly AskedPart[] =
      typeof it.content === "string" ? [{ kind: "text", text: it.content }] : it.content.map(partAsked)
    return [{ role: it.role, parts }]
  }
  switch (it.type) {
    case "function_call":
      return [
        { role: "assistant", parts: [{ kind: "tool-call", id: it.call_id, name: it.name, arguments: it.arguments }] },
      ]
    case "function_call_output": {
      const texts =
        typeof it.output === "string" ? [it.output] : it.output.map((p) => (p.type === "input_text" ? p.text : ""))
      return [{ role: "tool", parts: [{ kind: "tool-result", id: it.call_id, text: texts.join("") }] }]
    }
    case "reasoning": {
      const text = it.summary.map((p) => p.text).join("\n")
      const signature = it.encrypted_content
      return [{ role: "assistant", parts: [{ kind: "reasoning", text, ...(signature && { signature }) }] }]
    }
  }
}

type Part = z.infer<typeof userPart> | z.infer<typeof outputText> | z.infer<typeof refusal>

function partAsked(it: Part): AskedPart {
  switch (it.type) {
    case "input_text":
    case "output_text":
      return { kind: "text", text: it.text }
    case "refusal":
      return { kind: "text", text: it.refusal }
    case "input_image":
      return linkedPart("image", it.image_url ?? `file:${it.file_id ?? ""}`)
    case "input_file":
      return linkedPart("document", it.file_data ?? it.file_url ?? `file:${it.file_id ?? ""}`)
  }
}

function refuseUnmatched(items: readonly Item[]): void {
  const ids = (type: string): readonly string[] =>
    items.flatMap((it) => ("call_id" in it && it.type === type ? [it.call_id] : []))
  const calls = ids("function_call")
  const outputs = ids("function_call_output")
  const stray = outputs.find((id) => !calls.includes(id))
  if (stray !== undefined) refuse(`No tool call found for function call output with call_id ${stray}.`)
  const open = calls.find((id) => !outputs.includes(id))
  if (open !== undefined) refuse(`No tool output found for function call ${open}.`)
}

function refuse(message: string): never {
  throw new Refused({ status: 400, message, param: "input" })
}
