import type { z } from "zod"
import type { Block, Counted, MessagesRequest, message } from "./anthropic.schema.fixture.ts"
import { type Asked, type AskedMessage, type AskedPart, mediaPart } from "./asked.fixture.ts"
import { Refused } from "./wire.fixture.ts"

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
