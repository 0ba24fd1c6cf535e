import { z } from "zod"
import { type Asked, type AskedMessage, type AskedPart, mediaPart } from "./asked.fixture.ts"
import { Refused } from "./wire.fixture.ts"

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
const block = z.strictObject({
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
type Block = z.infer<typeof block>
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

export function converseAsked(request: ConverseRequest, model: string, isStreamed: boolean): Asked {
  refuseUnmatched(request)
  const { inferenceConfig: config = {}, toolConfig, additionalModelRequestFields: more, outputConfig } = request
  const { any, tool: forced } = toolConfig?.toolChoice ?? {}
  const wanted = outputConfig?.textFormat?.structure.jsonSchema.schema
  return {
    model,
    isStreamed,
    system: (request.system ?? []).flatMap((it) => (it.text === undefined ? [] : [it.text])),
    messages: request.messages.map(({ role, content }): AskedMessage => ({ role, parts: content.flatMap(blockAsked) })),
    tools: (toolConfig?.tools ?? []).flatMap(({ toolSpec: it }) =>
      it ? [{ ...it, parameters: it.inputSchema.json }] : [],
    ),
    toolChoice: forced ?? (any === undefined ? "auto" : "required"),
    ...(wanted !== undefined && { schema: JSON.parse(wanted) }),
    isReasoningAsked: more?.thinking !== undefined && more.thinking.type !== "disabled",
    ...(config.maxTokens !== undefined && { maxTokens: config.maxTokens }),
    stops: config.stopSequences ?? [],
    choices: 1,
    areLogprobsAsked: false,
    hasCacheMark: JSON.stringify(request).includes(`"cachePoint":{`),
  }
}

const documentTypes: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  txt: "text/plain",
  md: "text/markdown",
  csv: "text/csv",
  html: "text/html",
}

function blockAsked(it: Block): readonly AskedPart[] {
  if (it.text !== undefined) return [{ kind: "text", text: it.text }]
  if (it.image !== undefined) return [mediaPart(`image/${it.image.format}`, it.image.source.bytes ?? "")]
  if (it.document !== undefined) {
    const { format = "txt", source } = it.document
    return [
      mediaPart(
        documentTypes[format] ?? `application/${format}`,
        source.bytes ?? Buffer.from(source.text ?? "").toString("base64"),
      ),
    ]
  }
  if (it.toolUse !== undefined)
    return [{ kind: "tool-call", id: it.toolUse.toolUseId, name: it.toolUse.name, arguments: it.toolUse.input }]
  if (it.toolResult !== undefined) {
    const texts = it.toolResult.content.map((p) => p.text ?? (p.json === undefined ? "" : JSON.stringify(p.json)))
    return [{ kind: "tool-result", id: it.toolResult.toolUseId, text: texts.join("") }]
  }
  const { reasoningText, redactedContent } = it.reasoningContent ?? {}
  if (reasoningText !== undefined) return [{ kind: "reasoning", ...reasoningText }]
  return redactedContent === undefined ? [] : [{ kind: "reasoning", text: "", signature: redactedContent }]
}

function refuseUnmatched({ messages, toolConfig }: ConverseRequest): void {
  const start =
    "A conversation must start with a user message. Try again with a conversation that starts with a user message."
  if (messages[0]?.role !== "user") refuse(start)
  messages.forEach(({ role, content }, at) => {
    const before = messages[at - 1]
    if (before?.role === role)
      refuse(
        `messages: roles must alternate between "user" and "assistant", but found multiple "${role}" roles in a row`,
      )
    content.forEach((it, place) => {
      if (Object.keys(it).length !== 1)
        refuse(
          `The content field in the Message object at messages.${at}.content.${place} must have exactly one member set.`,
        )
    })
    if (content.some((it) => it.document) && !content.some((it) => it.text)) {
      refuse("A text block is required when a document is present in the message.")
    }
    const uses = (before?.content ?? []).flatMap((it) => (it.toolUse ? [it.toolUse.toolUseId] : []))
    const results = content.flatMap((it) => (it.toolResult ? [it.toolResult.toolUseId] : []))
    const open = uses.filter((id) => !results.includes(id))
    if (open.length > 0)
      refuse(
        `Expected toolResult blocks at messages.${at}.content for the following Ids: ${open.join(", ")}, but found: ${results.join(", ")}`,
      )
    const stray = results.filter((id) => !uses.includes(id))
    if (stray.length > 0)
      refuse(
        `The number of toolResult blocks at messages.${at}.content exceeds the number of toolUse blocks of previous turn.`,
      )
    if (toolConfig === undefined && uses.length + results.length > 0) {
      refuse("The toolConfig field must be defined when using toolUse and toolResult content blocks.")
    }
  })
}

function refuse(message: string): never {
  throw new Refused({ status: 400, message })
}
