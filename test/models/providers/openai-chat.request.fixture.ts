import type { z } from "zod"
import { type Asked, type AskedMessage, type AskedPart, linkedPart, mediaPart } from "./asked.fixture.ts"
import type { ChatRequest, Message, texts, userPart } from "./openai-chat.schema.fixture.ts"
import { Refused } from "./wire.fixture.ts"

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
