import { z } from "zod"

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
export const userPart = z.discriminatedUnion("type", [text, image, audio, file])
export const texts = z.union([z.string(), z.array(text).min(1)])
const call = z.strictObject({
  id: z.string(),
  type: z.literal("function"),
  function: z.strictObject({ name: z.string(), arguments: z.string() }),
})
const name = z.string().optional()
export const message = z.discriminatedUnion("role", [
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
export type Message = z.infer<typeof message>

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
