import { type Asked, type AskedMessage, type AskedPart, mediaPart } from "./asked.fixture.ts"
import type { Block, ConverseRequest } from "./bedrock.schema.fixture.ts"
import { Refused } from "./wire.fixture.ts"

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
