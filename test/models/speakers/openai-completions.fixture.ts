import OpenAI from "openai"
import { openaiError } from "./openai-error.fixture.ts"
import { droppedOf, type Question, type Speaker, type Told } from "./speaker.fixture.ts"

const ONLY_TEXT = "a completion is a text that goes on a text"

/** The npm package `openai`: legacy completions. */
export const openaiCompletions: Speaker = {
  name: "OpenAI SDK, legacy completions",
  dialect: "openai-completions",
  unsayable: new Map([
    ["tools", ONLY_TEXT],
    ["forced", ONLY_TEXT],
    ["schema", ONLY_TEXT],
    ["image", ONLY_TEXT],
    ["document", ONLY_TEXT],
    ["reasoning", ONLY_TEXT],
    ["signature", ONLY_TEXT],
  ]),
  stops: {
    end: "stop",
    length: "length",
    tools: "stop",
    sequence: "stop",
    refusal: "content_filter",
    filtered: "content_filter",
  },
  at: ({ url, apiKey }) => {
    const client = new OpenAI({ apiKey, baseURL: `${url}/v1`, maxRetries: 0 })
    return (question) => ask(client, question, opening(question))
  },
  errorOf: openaiError,
}

async function ask(client: OpenAI, question: Question, prompt: string): Promise<Told> {
  const request = {
    model: question.model,
    prompt,
    ...(question.maxTokens && { max_tokens: question.maxTokens }),
    ...(question.stop && { stop: question.stop }),
  }
  const next: Told["next"] = (turn) => ask(client, question, "text" in turn ? turn.text : turn.results.join("\n"))
  if (!question.isStreamed) {
    const { data, response } = await client.completions.create(request).withResponse()
    const [choice] = data.choices
    return toldOf(choice?.text ?? "", 0, choice?.finish_reason, data.usage, droppedOf(response.headers), next)
  }
  const stream = await client.completions.create({ ...request, stream: true, stream_options: { include_usage: true } })
  const chunks = await Array.fromAsync(stream)
  const texts = chunks.flatMap(({ choices }) => choices.map((it) => it.text)).filter((it) => it !== "")
  const stop = chunks.flatMap(({ choices }) => choices.map((it): string | null => it.finish_reason)).findLast(Boolean)
  return toldOf(texts.join(""), texts.length, stop, chunks.at(-1)?.usage, "", next)
}

const toldOf = (
  text: string,
  pieces: number,
  stop: string | null | undefined,
  usage: OpenAI.CompletionUsage | null | undefined,
  dropped: string,
  next: Told["next"],
): Told => ({
  text,
  pieces,
  calls: [],
  reasoning: "",
  stop: stop ?? "",
  input: usage?.prompt_tokens,
  output: usage?.completion_tokens,
  dropped,
  next,
})

const opening = ({ system, text }: Question): string => (system === undefined ? text : `${system}\n\n${text}`)
