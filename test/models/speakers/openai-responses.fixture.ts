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

type Item = OpenAI.Responses.ResponseInputItem

/** The npm package `openai`: responses, streamed by its helper. Encrypted reasoning is asked for and sent back. */
export const openaiResponses: Speaker = {
  name: "OpenAI SDK, responses",
  dialect: "openai-responses",
  unsayable: new Map([["stop", "OpenAI's responses have no stop sequences"]]),
  stops: {
    end: "completed",
    length: "max_output_tokens",
    tools: "completed",
    sequence: "completed",
    refusal: "refusal",
    filtered: "content_filter",
  },
  at: ({ url, apiKey }) => {
    const client = new OpenAI({ apiKey, baseURL: `${url}/v1`, maxRetries: 0 })
    return (question) => ask(client, question, opening(question))
  },
  errorOf: openaiError,
}

async function ask(client: OpenAI, question: Question, input: readonly Item[]): Promise<Told> {
  const request = requestOf(question, input)
  if (!question.isStreamed) {
    const { data, response } = await client.responses.create(request).withResponse()
    return told(client, question, input, data, 0, droppedOf(response.headers))
  }
  let pieces = 0
  const stream = client.responses.stream(request)
  stream.on("response.output_text.delta", () => {
    pieces += 1
  })
  return told(client, question, input, await stream.finalResponse(), pieces, "")
}

function told(
  client: OpenAI,
  question: Question,
  input: readonly Item[],
  response: OpenAI.Responses.Response,
  pieces: number,
  dropped: string,
): Told {
  const { output, usage, status, incomplete_details } = response
  const calls = output.flatMap((it) => (it.type === "function_call" ? [it] : []))
  const contents = output.flatMap((it) => (it.type === "message" ? it.content : []))
  const refusals = contents.flatMap((it) => (it.type === "refusal" ? [it.refusal] : []))
  const texts = contents.flatMap((it) => (it.type === "output_text" ? [it.text] : []))
  const summaries = output.flatMap((it) => (it.type === "reasoning" ? it.summary.map(({ text }) => text) : []))
  return {
    text: [...texts, ...refusals].join(""),
    pieces,
    calls: calls.map((it) => ({ name: it.name, input: JSON.parse(it.arguments) })),
    reasoning: summaries.join(""),
    stop: refusals.length > 0 ? "refusal" : (incomplete_details?.reason ?? status ?? ""),
    input: usage?.input_tokens,
    output: usage?.output_tokens,
    dropped,
    next: (turn) => ask(client, question, [...input, ...output.flatMap(echoed), ...nextOf(turn, calls)]),
  }
}

/** Of what is answered, what can be sent back: without what the SDK's own reading adds, which OpenAI refuses. */
function echoed(item: OpenAI.Responses.ResponseOutputItem): readonly Item[] {
  switch (item.type) {
    case "message":
      return [{ ...item, content: item.content.map(unparsed) }]
    case "function_call": {
      const { parsed_arguments: _, ...own } = { parsed_arguments: null, ...item }
      return [own]
    }
    case "reasoning":
      return [item]
    default:
      return []
  }
}

type Said = OpenAI.Responses.ResponseOutputMessage["content"][number]

function unparsed(content: Said): Said {
  const { parsed: _, ...own } = { parsed: null, ...content }
  return own
}

const nextOf = (turn: NextTurn, calls: readonly { readonly call_id: string }[]): readonly Item[] =>
  "text" in turn
    ? [{ role: "user", content: turn.text }]
    : calls.map(({ call_id }, at) => ({ type: "function_call_output", call_id, output: turn.results[at] ?? "" }))

const requestOf = (question: Question, input: readonly Item[]) =>
  ({
    model: question.model,
    input: [...input],
    store: false,
    ...(question.system && { instructions: question.system }),
    ...(question.tools && { tools: [{ type: "function", ...weatherTool, strict: true }] }),
    ...(question.tools === "forced" && { tool_choice: { type: "function", name: weatherTool.name } }),
    ...(question.isPerson && {
      text: { format: { type: "json_schema", name: "person", schema: personSchema, strict: true } },
    }),
    ...(question.maxTokens && { max_output_tokens: question.maxTokens }),
    ...(question.isThoughtTold && {
      reasoning: { effort: "low", summary: "auto" },
      include: ["reasoning.encrypted_content"],
    }),
  }) satisfies OpenAI.Responses.ResponseCreateParams

function opening({ text, media }: Question): readonly Item[] {
  if (media === undefined) return [{ role: "user", content: text }]
  const medium: OpenAI.Responses.ResponseInputContent =
    media === "image"
      ? { type: "input_image", image_url: `data:image/png;base64,${onePixel}`, detail: "auto" }
      : { type: "input_file", filename: "small.pdf", file_data: `data:application/pdf;base64,${smallPdf}` }
  return [{ role: "user", content: [{ type: "input_text", text }, medium] }]
}
