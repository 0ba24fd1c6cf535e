import Anthropic, { APIError } from "@anthropic-ai/sdk"
import { onePixel } from "../providers/openai-more.fixture.ts"
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

type Message = Anthropic.MessageParam

/** The npm package `@anthropic-ai/sdk`: messages, streamed by its helper. */
export const anthropic: Speaker = {
  name: "Anthropic SDK",
  dialect: "anthropic",
  unsayable: new Map(),
  stops: {
    end: "end_turn",
    length: "max_tokens",
    tools: "tool_use",
    sequence: "stop_sequence",
    refusal: "refusal",
    filtered: "refusal",
  },
  at: ({ url, apiKey }) => {
    const client = new Anthropic({ apiKey, baseURL: url, maxRetries: 0 })
    return (question) => ask(client, question, opening(question))
  },
  errorOf: (error) =>
    error instanceof APIError
      ? { kind: error.constructor.name, status: error.status, message: error.message }
      : undefined,
}

async function ask(client: Anthropic, question: Question, messages: readonly Message[]): Promise<Told> {
  const request = requestOf(question, messages)
  if (!question.isStreamed) {
    const { data, response } = await client.messages.create(request).withResponse()
    return told(client, question, messages, data, 0, droppedOf(response.headers))
  }
  let pieces = 0
  const stream = client.messages.stream(request)
  stream.on("text", () => {
    pieces += 1
  })
  return told(client, question, messages, await stream.finalMessage(), pieces, "")
}

function told(
  client: Anthropic,
  question: Question,
  messages: readonly Message[],
  { content, usage, stop_reason, stop_sequence }: Anthropic.Message,
  pieces: number,
  dropped: string,
): Told {
  const calls = content.flatMap((it) => (it.type === "tool_use" ? [it] : []))
  return {
    text: content.flatMap((it) => (it.type === "text" ? [it.text] : [])).join(""),
    pieces,
    calls: calls.map(({ name, input }) => ({ name, input })),
    reasoning: content.flatMap((it) => (it.type === "thinking" ? [it.thinking] : [])).join(""),
    stop: stop_sequence === null ? (stop_reason ?? "") : `${stop_reason} ${stop_sequence}`,
    input: usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0),
    output: usage.output_tokens,
    dropped,
    next: (turn) =>
      ask(client, question, [
        ...messages,
        { role: "assistant", content },
        { role: "user", content: nextOf(turn, calls) },
      ]),
  }
}

const nextOf = (turn: NextTurn, calls: readonly { readonly id: string }[]): Message["content"] =>
  "text" in turn
    ? turn.text
    : calls.map(({ id }, at) => ({ type: "tool_result", tool_use_id: id, content: turn.results[at] ?? "" }))

const requestOf = (question: Question, messages: readonly Message[]): Anthropic.MessageCreateParamsNonStreaming => ({
  model: question.model,
  max_tokens: question.maxTokens ?? 4096,
  messages: [...messages],
  ...(question.system && { system: question.system }),
  ...(question.tools && {
    tools: [{ name: weatherTool.name, input_schema: { ...weatherTool.parameters, type: "object" } }],
  }),
  ...(question.tools === "forced" && { tool_choice: { type: "tool", name: weatherTool.name } }),
  ...(question.isPerson && { output_config: { format: { type: "json_schema", schema: personSchema } } }),
  ...(question.stop && { stop_sequences: [question.stop] }),
  ...(question.isThoughtTold && { thinking: { type: "enabled", budget_tokens: 1024 } }),
})

function opening({ text, media }: Question): readonly Message[] {
  if (media === undefined) return [{ role: "user", content: text }]
  const medium: Anthropic.ContentBlockParam =
    media === "image"
      ? { type: "image", source: { type: "base64", media_type: "image/png", data: onePixel } }
      : { type: "document", source: { type: "base64", media_type: "application/pdf", data: smallPdf } }
  return [{ role: "user", content: [medium, { type: "text", text }] }]
}
