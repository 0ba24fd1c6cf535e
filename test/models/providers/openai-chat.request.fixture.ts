import { z } from "zod"
import { type Asked, type AskedMessage, type AskedPart, linkedPart, mediaPart } from "./asked.fixture.ts"
import { Refused } from "./wire.fixture.ts"

/** Source: OpenAI API reference, "Create chat completion"; `ChatCompletionCreateParams` of the npm package `openai`. */
const text = z.strictObject({ type: z.literal("text"), text: z.string() })
const refusal = z.strictObject({ type: z.literal("refusal"), refusal: z.string() })
const detail = z.enum(["auto", "low", "high"]).optional()
const image = z.strictObject({ type: z.literal("image_url"), image_url: z.strictObject({ url: z.string(), detail }) })
const audio = z.strictObject({
  type: z.literal("input_audio"),
  input_audio: z.strictObject({ data: z.string(), format: z.enum(["wav", "mp3"]) }),
})
const file = z.strictObject({
  type: z.literal("file"),
  file: z.strictObject({
    file_data: z.string().optional(),
    file_id: z.string().optional(),
    filename: z.string().optional(),
  }),
})
const userPart = z.discriminatedUnion("type", [text, image, audio, file])
const texts = z.union([z.string(), z.array(text).min(1)])
const call = z.strictObject({
  id: z.string(),
  type: z.literal("function"),
  function: z.strictObject({ name: z.string(), arguments: z.string() }),
})
const name = z.string().optional()
const message = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("system"), content: texts, name }),
  z.strictObject({ role: z.literal("developer"), content: texts, name }),
  z.strictObject({ role: z.literal("user"), content: z.union([z.string(), z.array(userPart).min(1)]), name }),
  z.strictObject({
    role: z.literal("assistant"),
    content: z.union([z.string(), z.array(z.discriminatedUnion("type", [text, refusal]))]).nullish(),
    refusal: z.string().nullish(),
    tool_calls: z.array(call).min(1).optional(),
    audio: z.strictObject({ id: z.string() }).nullish(),
    /** Of DeepSeek, Moonshot and others who speak this format. */
    reasoning_content: z.string().nullish(),
    annotations: z.array(z.unknown()).optional(),
    name,
  }),
  z.strictObject({ role: z.literal("tool"), content: texts, tool_call_id: z.string() }),
])
type Message = z.infer<typeof message>

const functionName = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, "string does not match pattern '^[a-zA-Z0-9_-]+$'.")
const tool = z.strictObject({
  type: z.literal("function"),
  function: z.strictObject({
    name: functionName,
    description: z.string().optional(),
    parameters: z.looseObject({ type: z.literal("object").optional() }).optional(),
    strict: z.boolean().nullish(),
  }),
})
const jsonSchema = z.strictObject({
  name: functionName,
  description: z.string().optional(),
  schema: z.looseObject({}).optional(),
  strict: z.boolean().nullish(),
})
const format = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text") }),
  z.strictObject({ type: z.literal("json_object") }),
  z.strictObject({ type: z.literal("json_schema"), json_schema: jsonSchema }),
])
const count = z.number().int().min(1).nullish()

export const chatRequest = z.strictObject({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  logit_bias: z.record(z.string(), z.number()).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.number().int().min(0).max(20).nullish(),
  max_tokens: count,
  max_completion_tokens: count,
  metadata: z.record(z.string(), z.string()).nullish(),
  modalities: z.array(z.enum(["text", "audio"])).nullish(),
  audio: z.unknown().optional(),
  n: z.number().int().min(1).max(128).nullish(),
  parallel_tool_calls: z.boolean().optional(),
  prediction: z.unknown().optional(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  prompt_cache_key: z.string().nullish(),
  prompt_cache_options: z.unknown().optional(),
  prompt_cache_retention: z.enum(["in_memory", "24h"]).nullish(),
  reasoning_effort: z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"]).nullish(),
  response_format: format.optional(),
  safety_identifier: z.string().nullish(),
  seed: z.number().int().nullish(),
  service_tier: z.enum(["auto", "default", "flex", "scale", "priority"]).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  store: z.boolean().nullish(),
  stream: z.boolean().nullish(),
  stream_options: z
    .strictObject({ include_usage: z.boolean().optional(), include_obfuscation: z.boolean().optional() })
    .nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  tool_choice: z
    .union([
      z.enum(["none", "auto", "required"]),
      z.strictObject({ type: z.literal("function"), function: z.strictObject({ name: z.string() }) }),
    ])
    .optional(),
  tools: z.array(tool).min(1).max(128).optional(),
  top_p: z.number().min(0).max(1).nullish(),
  user: z.string().optional(),
  verbosity: z.enum(["low", "medium", "high"]).nullish(),
  web_search_options: z.unknown().optional(),
})
export type ChatRequest = z.infer<typeof chatRequest>

/** What the request means; refuses what only the whole of it shows to be wrong. */
export function chatAsked(request: ChatRequest): Asked {
  refuseUnmatched(request)
  const { response_format: wanted, tool_choice: choice, stop } = request
  const schema = wanted?.type === "json_schema" ? (wanted.json_schema.schema ?? true) : wanted?.type === "json_object"
  const maxTokens = request.max_completion_tokens ?? request.max_tokens
  return {
    model: request.model,
    isStreamed: request.stream ?? false,
    system: request.messages.flatMap((it) => (isSystem(it) ? textsOf(it.content) : [])),
    messages: request.messages.flatMap((it) => (isSystem(it) ? [] : [messageAsked(it)])),
    tools: (request.tools ?? []).map((it) => it.function),
    toolChoice: typeof choice === "object" ? choice.function : (choice ?? "auto"),
    ...(schema !== false && { schema }),
    isReasoningAsked: (request.reasoning_effort ?? "none") !== "none",
    ...(typeof maxTokens === "number" && { maxTokens }),
    stops: typeof stop === "string" ? [stop] : (stop ?? []),
    choices: request.n ?? 1,
    areLogprobsAsked: request.logprobs ?? false,
    hasCacheMark: false,
  }
}

type System = Extract<Message, { role: "system" | "developer" }>
const isSystem = (it: Message): it is System => it.role === "system" || it.role === "developer"

const textsOf = (content: z.infer<typeof texts>): readonly string[] =>
  typeof content === "string" ? [content] : content.map((it) => it.text)

function messageAsked(it: Exclude<Message, System>): AskedMessage {
  switch (it.role) {
    case "tool":
      return { role: "tool", parts: [{ kind: "tool-result", id: it.tool_call_id, text: textsOf(it.content).join("") }] }
    case "user": {
      const content = typeof it.content === "string" ? [{ type: "text" as const, text: it.content }] : it.content
      return { role: "user", parts: content.map(userAsked) }
    }
    case "assistant": {
      const content = typeof it.content === "string" ? [{ type: "text" as const, text: it.content }] : it.content
      const said = (content ?? []).map((part): AskedPart => {
        return { kind: "text", text: part.type === "text" ? part.text : part.refusal }
      })
      const calls = (it.tool_calls ?? []).map(({ id, function: { name, arguments: given } }): AskedPart => {
        return { kind: "tool-call", id, name, arguments: argumentsOf(given) }
      })
      const thought: AskedPart[] = it.reasoning_content ? [{ kind: "reasoning", text: it.reasoning_content }] : []
      return { role: "assistant", parts: [...thought, ...said, ...calls] }
    }
  }
}

function userAsked(part: z.infer<typeof userPart>): AskedPart {
  switch (part.type) {
    case "text":
      return { kind: "text", text: part.text }
    case "image_url":
      return linkedPart("image", part.image_url.url)
    case "input_audio":
      return mediaPart(`audio/${part.input_audio.format === "mp3" ? "mpeg" : "wav"}`, part.input_audio.data)
    case "file":
      return linkedPart("document", part.file.file_data ?? `file:${part.file.file_id ?? ""}`)
  }
}

function argumentsOf(given: string): unknown {
  try {
    return JSON.parse(given)
  } catch {
    return given
  }
}

function refuseUnmatched({ messages, stream, stream_options, tools, tool_choice }: ChatRequest): void {
  if (stream_options && !stream) {
    refuse("The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options")
  }
  if (tool_choice !== undefined && tools === undefined) {
    refuse("Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.", "tool_choice")
  }
  let open: string[] = []
  messages.forEach((it, at) => {
    if (it.role === "tool") {
      if (!open.includes(it.tool_call_id)) {
        const rule = "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'."
        refuse(`Invalid parameter: ${rule}`, `messages.[${at}].role`)
      }
      open = open.filter((id) => id !== it.tool_call_id)
      return
    }
    if (open.length > 0) unanswered(open, at)
    if (it.role !== "assistant") return
    if (it.content == null && it.tool_calls === undefined && it.refusal == null && it.audio == null) {
      refuse("Invalid value for 'content': expected a string, got null.", `messages.[${at}].content`)
    }
    open = (it.tool_calls ?? []).map(({ id }) => id)
  })
  if (open.length > 0) unanswered(open, messages.length)
}

function unanswered(ids: readonly string[], at: number): never {
  const rule =
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'."
  const which = `The following tool_call_ids did not have response messages: ${ids.join(", ")}`
  return refuse(`${rule} ${which}`, `messages.[${at}].role`)
}

function refuse(message: string, param: string): never {
  throw new Refused({ status: 400, message, param })
}
