import { z } from "zod"

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
export const block = z.discriminatedUnion("type", [text, image, document, thinking, redacted, toolUse, toolResult])
export type Block = z.infer<typeof block>
const role = z.enum(["user", "assistant"], "Input should be 'user' or 'assistant'")
export const message = z.strictObject({ role, content: z.union([z.string().min(1), z.array(block)]) })

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
export type Counted = z.infer<typeof countRequest>
export type MessagesRequest = z.infer<typeof messagesRequest>
