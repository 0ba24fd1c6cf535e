import { z } from "zod"
import { type Asked, type AskedMessage, type AskedPart, linkedPart } from "./asked.fixture.ts"
import { Refused } from "./wire.fixture.ts"

/** Source: Cohere API v2 reference, "Chat", "Embed", "Rerank". */
const text = z.strictObject({ type: z.literal("text"), text: z.string() })
const image = z.strictObject({
  type: z.literal("image_url"),
  image_url: z.strictObject({ url: z.string(), detail: z.enum(["auto", "low", "high"]).optional() }),
})
const thinking = z.strictObject({ type: z.literal("thinking"), thinking: z.string() })
const document = z.strictObject({
  type: z.literal("document"),
  document: z.strictObject({ data: z.union([z.looseObject({}), z.string()]), id: z.string().optional() }),
})
const call = z.strictObject({
  id: z.string(),
  type: z.literal("function"),
  function: z.strictObject({ name: z.string(), arguments: z.string() }),
})
const texts = z.union([z.string(), z.array(text)])
const message = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("system"), content: texts }),
  z.strictObject({
    role: z.literal("user"),
    content: z.union([z.string(), z.array(z.discriminatedUnion("type", [text, image]))]),
  }),
  z.strictObject({
    role: z.literal("assistant"),
    content: z.union([z.string(), z.array(z.discriminatedUnion("type", [text, thinking]))]).nullish(),
    tool_calls: z.array(call).optional(),
    tool_plan: z.string().optional(),
    citations: z.array(z.unknown()).optional(),
  }),
  z.strictObject({
    role: z.literal("tool"),
    tool_call_id: z.string(),
    content: z.union([z.string(), z.array(z.discriminatedUnion("type", [text, document]))]),
  }),
])
type Message = z.infer<typeof message>

const tool = z.strictObject({
  type: z.literal("function"),
  function: z.strictObject({
    name: z.string(),
    description: z.string().optional(),
    parameters: z.looseObject({}).optional(),
  }),
})

export const chatRequest = z.strictObject({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  tools: z.array(tool).optional(),
  strict_tools: z.boolean().optional(),
  tool_choice: z.enum(["REQUIRED", "NONE"]).optional(),
  documents: z.array(z.union([z.string(), z.looseObject({})])).optional(),
  citation_options: z.strictObject({ mode: z.string() }).optional(),
  response_format: z
    .discriminatedUnion("type", [
      z.strictObject({ type: z.literal("text") }),
      z.strictObject({
        type: z.literal("json_object"),
        json_schema: z.looseObject({}).optional(),
        schema: z.looseObject({}).optional(),
      }),
    ])
    .optional(),
  safety_mode: z.enum(["CONTEXTUAL", "STRICT", "OFF"]).optional(),
  max_tokens: z.number().int().min(1).optional(),
  stop_sequences: z.array(z.string()).max(5).optional(),
  temperature: z.number().min(0).max(2).optional(),
  seed: z.number().int().min(0).optional(),
  frequency_penalty: z.number().min(0).max(1).optional(),
  presence_penalty: z.number().min(0).max(1).optional(),
  k: z.number().int().min(0).max(500).optional(),
  p: z.number().min(0.01).max(0.99).optional(),
  logprobs: z.boolean().optional(),
  thinking: z
    .strictObject({ type: z.enum(["enabled", "disabled"]), token_budget: z.number().int().min(1).optional() })
    .optional(),
  priority: z.number().optional(),
  stream: z.boolean().default(false),
})

export const embedRequest = z.strictObject({
  model: z.string().min(1),
  input_type: z.enum(["search_document", "search_query", "classification", "clustering", "image"]),
  texts: z.array(z.string()).max(96).optional(),
  images: z.array(z.string()).optional(),
  inputs: z.array(z.unknown()).optional(),
  embedding_types: z.array(z.enum(["float", "int8", "uint8", "binary", "ubinary", "base64"])).optional(),
  output_dimension: z.number().int().optional(),
  max_tokens: z.number().int().optional(),
  truncate: z.enum(["NONE", "START", "END"]).optional(),
})

export const rerankRequest = z.strictObject({
  model: z.string().min(1),
  query: z.string().min(1),
  documents: z.array(z.string()).min(1),
  top_n: z.number().int().min(1).optional(),
  max_tokens_per_doc: z.number().int().optional(),
  priority: z.number().optional(),
})

export function chatAsked(request: z.infer<typeof chatRequest>): Asked {
  refuseUnmatched(request.messages)
  const { response_format: format, tool_choice: choice } = request
  const schema = format?.type === "json_object" ? (format.json_schema ?? format.schema ?? true) : undefined
  return {
    model: request.model,
    isStreamed: request.stream,
    system: request.messages.flatMap((it) => (it.role === "system" ? textsOf(it.content) : [])),
    messages: request.messages.flatMap(messageAsked),
    tools: (request.tools ?? []).map((it) => it.function),
    toolChoice: choice === "REQUIRED" ? "required" : choice === "NONE" ? "none" : "auto",
    ...(schema !== undefined && { schema }),
    isReasoningAsked: request.thinking?.type === "enabled",
    ...(request.max_tokens !== undefined && { maxTokens: request.max_tokens }),
    stops: request.stop_sequences ?? [],
    choices: 1,
    areLogprobsAsked: request.logprobs ?? false,
    hasCacheMark: false,
  }
}

const textsOf = (content: z.infer<typeof texts>): readonly string[] =>
  typeof content === "string" ? [content] : content.map((it) => it.text)

function messageAsked(it: Message): readonly AskedMessage[] {
  switch (it.role) {
    case "system":
      return []
    case "user": {
      const content = typeof it.content === "string" ? [{ type: "text" as const, text: it.content }] : it.content
      const parts = content.map((p) => (p.type === "text" ? textPart(p.text) : linkedPart("image", p.image_url.url)))
      return [{ role: "user", parts }]
    }
    case "assistant": {
      const content =
        typeof it.content === "string" ? [{ type: "text" as const, text: it.content }] : (it.content ?? [])
      const said = content.map(
        (p): AskedPart => (p.type === "text" ? textPart(p.text) : { kind: "reasoning", text: p.thinking }),
      )
      const calls = (it.tool_calls ?? []).map((c): AskedPart => ({ kind: "tool-call", id: c.id, ...c.function }))
      return [{ role: "assistant", parts: [...said, ...calls] }]
    }
    case "tool": {
      const content = typeof it.content === "string" ? [{ type: "text" as const, text: it.content }] : it.content
      const told = content.map((p) =>
        p.type === "text"
          ? p.text
          : typeof p.document.data === "string"
            ? p.document.data
            : JSON.stringify(p.document.data),
      )
      return [{ role: "tool", parts: [{ kind: "tool-result", id: it.tool_call_id, text: told.join("") }] }]
    }
  }
}

const textPart = (text: string): AskedPart => ({ kind: "text", text })

function refuseUnmatched(messages: readonly Message[]): void {
  const calls = messages.flatMap((it) => (it.role === "assistant" ? (it.tool_calls ?? []).map(({ id }) => id) : []))
  const results = messages.flatMap((it) => (it.role === "tool" ? [it.tool_call_id] : []))
  const stray = results.find((id) => !calls.includes(id))
  if (stray !== undefined) refuse(`invalid request: tool_call_id ${stray} not found in previous tool calls`)
  const open = calls.find((id) => !results.includes(id))
  if (open !== undefined) refuse(`invalid request: missing tool result for tool_call_id ${open}`)
  const last = messages.at(-1)
  if (last?.role === "assistant" || last?.role === "system")
    refuse("invalid request: the last message must be of role user or tool")
}

function refuse(message: string): never {
  throw new Refused({ status: 400, message })
}
