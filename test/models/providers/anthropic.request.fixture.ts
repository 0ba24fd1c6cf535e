import { z } from "zod"
import { type Asked, type AskedMessage, type AskedPart, mediaPart } from "./asked.fixture.ts"
import { Refused } from "./wire.fixture.ts"

/** Source: Anthropic API reference, "Create a Message"; `MessageCreateParams` of the npm package `@anthropic-ai/sdk`. */
const cache_control = z.strictObject({ type: z.literal("ephemeral"), ttl: z.enum(["5m", "1h"]).optional() }).nullish()
const citations = z.strictObject({ enabled: z.boolean() }).nullish()
const text = z.strictObject({
  type: z.literal("text"),
  text: z.string().min(1, "text content blocks must be non-empty"),
  cache_control,
  citations: z.array(z.unknown()).nullish(),
})
const url = z.strictObject({ type: z.literal("url"), url: z.string() })
const file = z.strictObject({ type: z.literal("file"), file_id: z.string() })
const imageType = z.enum(["image/jpeg", "image/png", "image/gif", "image/webp"])
const image = z.strictObject({
  type: z.literal("image"),
  source: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("base64"), media_type: imageType, data: z.base64() }),
    url,
    file,
  ]),
  cache_control,
})
const document = z.strictObject({
  type: z.literal("document"),
  source: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("base64"), media_type: z.literal("application/pdf"), data: z.base64() }),
    z.strictObject({ type: z.literal("text"), media_type: z.literal("text/plain"), data: z.string() }),
    z.strictObject({ type: z.literal("content"), content: z.union([z.string(), z.array(z.union([text, image]))]) }),
    url,
    file,
  ]),
  title: z.string().nullish(),
  context: z.string().nullish(),
  citations,
  cache_control,
})
const thinking = z.strictObject({ type: z.literal("thinking"), thinking: z.string(), signature: z.string() })
const redacted = z.strictObject({ type: z.literal("redacted_thinking"), data: z.string() })
const toolId = z.string().regex(/^[a-zA-Z0-9_-]+$/, "String should match pattern '^[a-zA-Z0-9_-]+$'")
const toolUse = z.strictObject({
  type: z.literal("tool_use"),
  id: toolId,
  name: z.string(),
  input: z.looseObject({}),
  cache_control,
  caller: z.unknown().optional(),
})
const toolResult = z.strictObject({
  type: z.literal("tool_result"),
  tool_use_id: toolId,
  content: z.union([z.string(), z.array(z.discriminatedUnion("type", [text, image, document]))]).optional(),
  is_error: z.boolean().optional(),
  cache_control,
})
const block = z.discriminatedUnion("type", [text, image, document, thinking, redacted, toolUse, toolResult])
type Block = z.infer<typeof block>
const role = z.enum(["user", "assistant"], "Input should be 'user' or 'assistant'")
const message = z.strictObject({ role, content: z.union([z.string().min(1), z.array(block)]) })

const tool = z.strictObject({
  type: z.literal("custom").nullish(),
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/, "String should match pattern '^[a-zA-Z0-9_-]{1,128}$'"),
  description: z.string().optional(),
  input_schema: z.looseObject({ type: z.literal("object") }),
  cache_control,
  strict: z.boolean().optional(),
  eager_input_streaming: z.boolean().nullish(),
  defer_loading: z.boolean().optional(),
  input_examples: z.array(z.unknown()).optional(),
  allowed_callers: z.array(z.string()).optional(),
})
const disable_parallel_tool_use = z.boolean().optional()
const format = z.strictObject({ type: z.literal("json_schema"), schema: z.looseObject({}) })

export const countRequest = z.strictObject({
  model: z.string().min(1),
  messages: z.array(message).min(1, "at least one message is required"),
  system: z.union([z.string(), z.array(text)]).optional(),
  tools: z.array(tool).optional(),
  tool_choice: z
    .discriminatedUnion("type", [
      z.strictObject({ type: z.literal("auto"), disable_parallel_tool_use }),
      z.strictObject({ type: z.literal("any"), disable_parallel_tool_use }),
      z.strictObject({ type: z.literal("tool"), name: z.string(), disable_parallel_tool_use }),
      z.strictObject({ type: z.literal("none") }),
    ])
    .optional(),
  thinking: z
    .discriminatedUnion("type", [
      z.strictObject({
        type: z.literal("enabled"),
        budget_tokens: z.number().int().min(1024, "Input should be greater than or equal to 1024"),
        display: z.string().nullish(),
      }),
      z.strictObject({ type: z.literal("adaptive"), display: z.string().nullish() }),
      z.strictObject({ type: z.literal("disabled") }),
    ])
    .optional(),
  output_config: z
    .strictObject({ effort: z.enum(["low", "medium", "high", "xhigh", "max"]).nullish(), format: format.nullish() })
    .optional(),
  cache_control,
})

export const messagesRequest = countRequest.extend({
  max_tokens: z.number().int().min(1, "Input should be greater than or equal to 1"),
  stop_sequences: z.array(z.string().regex(/\S/, "each stop sequence must contain non-whitespace")).optional(),
  stream: z.boolean().optional(),
  temperature: z.number().min(0).max(1, "Input should be less than or equal to 1").optional(),
  top_p: z.number().min(0).max(1).optional(),
  top_k: z.number().int().min(0).optional(),
  metadata: z.strictObject({ user_id: z.string().nullish() }).optional(),
  service_tier: z.enum(["auto", "standard_only"]).optional(),
  container: z.unknown().optional(),
  inference_geo: z.string().nullish(),
  context_management: z.unknown().optional(),
})
type Counted = z.infer<typeof countRequest>
export type MessagesRequest = z.infer<typeof messagesRequest>

export function messagesAsked(request: Counted & Partial<MessagesRequest>): Asked {
  refuseUnmatched(request)
  const { tool_choice: choice, output_config: wanted, thinking: thought } = request
  return {
    model: request.model,
    isStreamed: request.stream ?? false,
    system: typeof request.system === "string" ? [request.system] : (request.system ?? []).map((it) => it.text),
    messages: request.messages.map(messageAsked),
    tools: (request.tools ?? []).map((it) => ({ ...it, parameters: it.input_schema })),
    toolChoice: choice?.type === "any" ? "required" : choice?.type === "tool" ? choice : (choice?.type ?? "auto"),
    ...(wanted?.format && { schema: wanted.format.schema }),
    isReasoningAsked: thought !== undefined && thought.type !== "disabled",
    ...(request.max_tokens !== undefined && { maxTokens: request.max_tokens }),
    stops: request.stop_sequences ?? [],
    choices: 1,
    areLogprobsAsked: false,
    hasCacheMark: /"cache_control":\{/.test(JSON.stringify(request)),
  }
}

const messageAsked = ({ role, content }: z.infer<typeof message>): AskedMessage => ({
  role,
  parts: typeof content === "string" ? [{ kind: "text", text: content }] : content.map(blockAsked),
})

function blockAsked(it: Block): AskedPart {
  switch (it.type) {
    case "text":
      return { kind: "text", text: it.text }
    case "image":
    case "document":
      return sourceAsked(it)
    case "thinking":
      return { kind: "reasoning", text: it.thinking, signature: it.signature }
    case "redacted_thinking":
      return { kind: "reasoning", text: "", signature: it.data }
    case "tool_use":
      return { kind: "tool-call", id: it.id, name: it.name, arguments: it.input }
    case "tool_result": {
      const content = typeof it.content === "string" ? it.content : (it.content ?? [])
      const said = typeof content === "string" ? [content] : content.map((p) => (p.type === "text" ? p.text : ""))
      return { kind: "tool-result", id: it.tool_use_id, text: said.join("") }
    }
  }
}

function sourceAsked({ type, source }: Extract<Block, { type: "image" | "document" }>): AskedPart {
  switch (source.type) {
    case "base64":
      return mediaPart(source.media_type, source.data)
    case "text":
      return mediaPart("text/plain", Buffer.from(source.data).toString("base64"))
    case "content":
      return mediaPart("text/plain", Buffer.from(JSON.stringify(source.content)).toString("base64"))
    case "url":
      return { kind: "link", media: type, url: source.url }
    case "file":
      return { kind: "link", media: type, url: `file:${source.file_id}` }
  }
}

function refuseUnmatched(request: Counted & Partial<MessagesRequest>): void {
  const { messages, thinking, max_tokens, tool_choice, tools, temperature } = request
  if (messages[0]?.role !== "user") refuse('messages: first message must use the "user" role')
  if (thinking?.type === "enabled" && max_tokens !== undefined && max_tokens <= thinking.budget_tokens) {
    refuse("`max_tokens` must be greater than `thinking.budget_tokens`.")
  }
  if (thinking !== undefined && thinking.type !== "disabled") {
    if (tool_choice?.type === "any" || tool_choice?.type === "tool") {
      refuse("Thinking may not be enabled when tool_choice forces tool use.")
    }
    if (temperature !== undefined && temperature !== 1) {
      refuse("`temperature` may only be set to 1 when thinking is enabled.")
    }
  }
  if (tool_choice !== undefined && tools === undefined)
    refuse("tool_choice may only be specified while providing tools.")
  for (const [at, { role, content }] of messages.entries()) {
    refuseResults(role, content, messages[at - 1], messages[at + 1], at)
  }
}

function refuseResults(
  role: string,
  content: z.infer<typeof message>["content"],
  before: z.infer<typeof message> | undefined,
  after: z.infer<typeof message> | undefined,
  at: number,
): void {
  if (typeof content === "string") return
  if (role === "user") {
    const known = usesOf(before)
    const stray = resultsOf(content).find((id) => !known.includes(id))
    if (stray === undefined) return
    const rule = "Each `tool_result` block must have a corresponding `tool_use` block in the previous message."
    refuse(`messages.${at}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}. ${rule}`)
  }
  const given = after === undefined || typeof after.content === "string" ? [] : resultsOf(after.content)
  const open = usesOf({ role: "assistant", content }).filter((id) => !given.includes(id))
  if (open.length === 0) return
  const rule = "Each `tool_use` block must have a corresponding `tool_result` block in the next message."
  const which = `\`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(", ")}`
  refuse(`messages.${at}: ${which}. ${rule}`)
}

const usesOf = (it: z.infer<typeof message> | undefined): readonly string[] =>
  it === undefined || typeof it.content === "string"
    ? []
    : it.content.flatMap((part) => (part.type === "tool_use" ? [part.id] : []))

const resultsOf = (content: readonly Block[]): readonly string[] =>
  content.flatMap((part) => (part.type === "tool_result" ? [part.tool_use_id] : []))

function refuse(message: string): never {
  throw new Refused({ status: 400, message })
}
