import OpenAI from "openai"
import { onePixel } from "../providers/openai-more.fixture.ts"
import { openaiError } from "./openai-error.fixture.ts"
import {
  droppedOf,
  type NextTurn,
  personSchema,
  type Question,
  type Speaker,
  smallPdf,
  type Told,
  weatherTool,
} from "./speaker.fixture.ts"

type Message = OpenAI.ChatCompletionMessageParam

/** The npm package `openai`: chat completions, streamed by its helper. */
export const openaiChat: Speaker = {
  name: "OpenAI SDK, chat completions",
  dialect: "openai-chat",
  unsayable: new Map([["signature", "OpenAI's chat has no reasoning in its messages"]]),
  stops: {
    end: "stop",
    length: "length",
    tools: "tool_calls",
    sequence: "stop",
    refusal: "refusal",
    filtered: "content_filter",
  },
  at: ({ url, apiKey }) => {
    const client = new OpenAI({ apiKey, baseURL: `${url}/v1`, maxRetries: 0 })
    return (question) => ask(client, question, opening(question))
  },
  errorOf: openaiError,
}

async function ask(client: OpenAI, question: Question, messages: readonly Message[]): Promise<Told> {
  const request = requestOf(question, messages)
  if (!question.isStreamed) {
    const { data, response } = await client.chat.completions.create(request).withResponse()
    return told(client, question, messages, data, 0, droppedOf(response.headers))
  }
  let pieces = 0
  const stream = client.chat.completions.stream({ ...request, stream_options: { include_usage: true } })
  stream.on("content", () => {
    pieces += 1
  })
  return told(client, question, messages, await stream.finalChatCompletion(), pieces, "")
}

function told(
  client: OpenAI,
  question: Question,
  messages: readonly Message[],
  { choices: [choice], usage }: OpenAI.ChatCompletion,
  pieces: number,
  dropped: string,
): Told {
  if (choice === undefined) throw new Error("an answer without a choice")
  const { message, finish_reason: stop } = choice
  const calls = (message.tool_calls ?? []).flatMap((it) => (it.type === "function" ? [it] : []))
  const reasoning = "reasoning_content" in message ? String(message.reasoning_content) : ""
  return {
    text: message.content ?? message.refusal ?? "",
    pieces,
    calls: calls.map((it) => ({ name: it.function.name, input: JSON.parse(it.function.arguments) })),
    reasoning,
    stop: message.refusal ? "refusal" : stop,
    input: usage?.prompt_tokens,
    output: usage?.completion_tokens,
    dropped,
    next: (turn) => ask(client, question, [...messages, echoed(message), ...nextOf(turn, calls)]),
  }
}

/** Without what the SDK's own reading of an answer adds, which OpenAI refuses. */
function echoed(message: OpenAI.ChatCompletionMessage): Message {
  const { tool_calls: calls, ...rest } = message
  const { parsed: _, ...own } = { parsed: null, ...rest }
  if (calls === undefined) return own
  const tool_calls = calls.flatMap((it) =>
    it.type === "function"
      ? [{ id: it.id, type: it.type, function: { name: it.function.name, arguments: it.function.arguments } }]
      : [],
  )
  return { ...own, tool_calls }
}

const nextOf = (turn: NextTurn, calls: readonly { readonly id: string }[]): readonly Message[] =>
  "text" in turn
    ? [{ role: "user", content: turn.text }]
    : calls.map(({ id }, at) => ({ role: "tool", tool_call_id: id, content: turn.results[at] ?? "" }))

const requestOf = (question: Question, messages: readonly Message[]) =>
  ({
    model: question.model,
    messages: [...messages],
    ...(question.tools && { tools: [{ type: "function", function: weatherTool }] }),
    ...(question.tools === "forced" && { tool_choice: { type: "function", function: { name: weatherTool.name } } }),
    ...(question.isPerson && {
      response_format: { type: "json_schema", json_schema: { name: "person", schema: personSchema, strict: true } },
    }),
    ...(question.maxTokens && { max_tokens: question.maxTokens }),
    ...(question.stop && { stop: [question.stop] }),
    ...(question.isThoughtTold && { reasoning_effort: "low" }),
  }) satisfies OpenAI.ChatCompletionCreateParams

function opening({ system, text, media }: Question): readonly Message[] {
  const content: OpenAI.ChatCompletionContentPart[] = [{ type: "text", text }]
  if (media === "image") content.push({ type: "image_url", image_url: { url: `data:image/png;base64,${onePixel}` } })
  if (media === "document") {
    const file_data = `data:application/pdf;base64,${smallPdf}`
    content.push({ type: "file", file: { filename: "small.pdf", file_data } })
  }
  const user: Message = { role: "user", content: media === undefined ? text : content }
  return system === undefined ? [user] : [{ role: "system", content: system }, user]
}
