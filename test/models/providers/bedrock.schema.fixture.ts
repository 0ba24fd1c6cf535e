import { z } from "zod"

/** Source: Amazon Bedrock API reference, "Converse" and the data types it names. */
const cachePoint = z.strictObject({ type: z.literal("default"), ttl: z.enum(["5m", "1h"]).optional() })
const s3Location = z.strictObject({ uri: z.string(), bucketOwner: z.string().optional() })
const image = z.strictObject({
  format: z.enum(["png", "jpeg", "gif", "webp"]),
  source: z.strictObject({ bytes: z.base64().optional(), s3Location: s3Location.optional() }),
})
const documentFormat = z.enum(["pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md"])
const nameRule =
  "The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. The name can't contain more than one consecutive whitespace character."
const document = z.strictObject({
  format: documentFormat.optional(),
  name: z.string().regex(/^(?!.*\s\s)[A-Za-z0-9\s\-()[\]]{1,200}$/, nameRule),
  source: z.strictObject({
    bytes: z.base64().optional(),
    s3Location: s3Location.optional(),
    text: z.string().optional(),
  }),
  context: z.string().optional(),
  citations: z.strictObject({ enabled: z.boolean() }).optional(),
})
const reasoningContent = z.strictObject({
  reasoningText: z.strictObject({ text: z.string(), signature: z.string().optional() }).optional(),
  redactedContent: z.base64().optional(),
})
const toolId = z.string().regex(/^[a-zA-Z0-9_.:-]{1,64}$/)
const toolUse = z.strictObject({
  toolUseId: toolId,
  name: z.string(),
  input: z.looseObject({}),
  type: z.string().optional(),
})
const resultContent = z.strictObject({
  text: z.string().optional(),
  json: z.unknown().optional(),
  image: image.optional(),
  document: document.optional(),
})
const toolResult = z.strictObject({
  toolUseId: toolId,
  content: z.array(resultContent),
  status: z.enum(["success", "error"]).optional(),
  type: z.string().optional(),
})
export const block = z.strictObject({
  text: z
    .string()
    .min(1, "The text field in the ContentBlock object is blank. Add text to the text field, and try again.")
    .optional(),
  image: image.optional(),
  document: document.optional(),
  video: z.unknown().optional(),
  audio: z.unknown().optional(),
  toolUse: toolUse.optional(),
  toolResult: toolResult.optional(),
  reasoningContent: reasoningContent.optional(),
  cachePoint: cachePoint.optional(),
  guardContent: z.unknown().optional(),
})
export type Block = z.infer<typeof block>
const message = z.strictObject({ role: z.enum(["user", "assistant"]), content: z.array(block).min(1) })
const toolName = z
  .string()
  .regex(
    /^[a-zA-Z0-9_-]{1,64}$/,
    "failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+",
  )
const tool = z.strictObject({
  toolSpec: z
    .strictObject({
      name: toolName,
      description: z.string().min(1).optional(),
      inputSchema: z.strictObject({
        json: z.looseObject({
          type: z.literal(
            "object",
            "The value at toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.",
          ),
        }),
      }),
      strict: z.boolean().optional(),
    })
    .optional(),
  cachePoint: cachePoint.optional(),
})
const empty = z.strictObject({})

export const converseRequest = z.strictObject({
  messages: z.array(message).min(1),
  system: z
    .array(
      z.strictObject({
        text: z.string().min(1).optional(),
        cachePoint: cachePoint.optional(),
        guardContent: z.unknown().optional(),
      }),
    )
    .optional(),
  inferenceConfig: z
    .strictObject({
      maxTokens: z.number().int().min(1).optional(),
      temperature: z.number().min(0).max(1).optional(),
      topP: z.number().min(0).max(1).optional(),
      stopSequences: z.array(z.string()).optional(),
    })
    .optional(),
  toolConfig: z
    .strictObject({
      tools: z.array(tool).min(1),
      toolChoice: z
        .strictObject({
          auto: empty.optional(),
          any: empty.optional(),
          tool: z.strictObject({ name: z.string() }).optional(),
        })
        .optional(),
    })
    .optional(),
  outputConfig: z
    .strictObject({
      textFormat: z
        .strictObject({
          type: z.literal("json_schema"),
          structure: z.strictObject({
            jsonSchema: z.strictObject({
              schema: z.string(),
              name: z.string().optional(),
              description: z.string().optional(),
            }),
          }),
        })
        .optional(),
    })
    .optional(),
  additionalModelRequestFields: z.looseObject({ thinking: z.looseObject({ type: z.string() }).optional() }).optional(),
  additionalModelResponseFieldPaths: z.array(z.string()).optional(),
  guardrailConfig: z.unknown().optional(),
  performanceConfig: z.unknown().optional(),
  promptVariables: z.unknown().optional(),
  requestMetadata: z.record(z.string(), z.string()).optional(),
  serviceTier: z.unknown().optional(),
})
export type ConverseRequest = z.infer<typeof converseRequest>
