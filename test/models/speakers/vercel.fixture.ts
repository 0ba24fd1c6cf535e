import { createAnthropic } from "@ai-sdk/anthropic"
import { createGoogleGenerativeAI } from "@ai-sdk/google"
import { createOpenAI } from "@ai-sdk/openai"
import {
  generateText,
  type LanguageModel,
  type LanguageModelUsage,
  type ModelMessage,
  Output,
  streamText,
  tool,
  type UserModelMessage,
} from "ai"
import { z } from "zod"
import type { Dialect } from "../../../src/models/codec.ts"
import { onePixel } from "../providers/openai-more.fixture.ts"
import {
  type Door,
  type NextTurn,
  type Question,
  type Speaker,
  type StartSpeaker,
  smallPdf,
  type Told,
  type Unsayable,
  weatherTool,
} from "./speaker.fixture.ts"

const NO_THOUGHTS = "the SDK's chat model reads no reasoning"

/** The Vercel AI SDK (npm package `ai`) with the provider packages of the dialects. */
export const vercelOpenaiChat: StartSpeaker = (door) =>
  speaker("openai-chat", "openai chat", openai(door).chat, { openai: { reasoningEffort: "low" } }, [
    ["reasoning", NO_THOUGHTS],
    ["signature", NO_THOUGHTS],
  ])

export const vercelOpenaiResponses: StartSpeaker = (door) =>
  speaker(
    "openai-responses",
    "openai responses",
    openai(door).responses,
    { openai: { reasoningEffort: "low", reasoningSummary: "auto", forceReasoning: true, store: false } },
    [["stop", "OpenAI's responses have no stop sequences"]],
  )

export const vercelAnthropic: StartSpeaker = ({ url, apiKey }) =>
  speaker(
    "anthropic",
    "anthropic",
    createAnthropic({ apiKey, baseURL: `${url}/v1` }),
    { anthropic: { thinking: { type: "enabled", budgetTokens: 1024 } } },
    [],
  )

export const vercelGoogle: StartSpeaker = ({ url, apiKey }) =>
  speaker(
    "gemini",
    "google",
    createGoogleGenerativeAI({ apiKey, baseURL: `${url}/v1beta` }),
    { google: { thinkingConfig: { includeThoughts: true, thinkingBudget: 1024 } } },
    [],
  )

const openai = ({ url, apiKey }: Door) => createOpenAI({ apiKey, baseURL: `${url}/v1` })

const speaker = (
  dialect: Dialect,
  name: string,
  modelOf: (model: string) => LanguageModel,
  thinking: Parameters<typeof generateText>[0]["providerOptions"],
  unsayable: readonly (readonly [Unsayable, string])[],
): Speaker => ({
  name: `Vercel AI SDK, ${name}`,
  dialect,
  unsayable: new Map(unsayable),
  ask: (question) => new Conversation(modelOf(question.model), thinking, question).ask([userOf(question)]),
})

class Conversation {
  readonly #model: LanguageModel
  readonly #thinking: Parameters<typeof generateText>[0]["providerOptions"]
  readonly #question: Question

  constructor(
    model: LanguageModel,
    thinking: Parameters<typeof generateText>[0]["providerOptions"],
    question: Question,
  ) {
    this.#model = model
    this.#thinking = thinking
    this.#question = question
  }

  async ask(messages: readonly ModelMessage[]): Promise<Told> {
    const request = this.#request(messages)
    if (!this.#question.isStreamed) {
      const answer = await generateText(request)
      const dropped = answer.response.headers?.["pinpoint-dropped"] ?? ""
      return this.#told(messages, answer, 0, answer.response.messages, dropped)
    }
    let fault: unknown
    const stream = streamText({
      ...request,
      onError: ({ error }) => {
        fault = error
      },
    })
    let pieces = 0
    for await (const part of stream.fullStream) if (part.type === "text-delta" && part.text !== "") pieces += 1
    if (fault !== undefined) throw fault
    const answer = {
      text: await stream.text,
      toolCalls: await stream.toolCalls,
      reasoningText: await stream.reasoningText,
      finishReason: await stream.finishReason,
      usage: await stream.usage,
    }
    return this.#told(messages, answer, pieces, (await stream.response).messages, "")
  }

  #request(messages: readonly ModelMessage[]) {
    const { system, tools, maxTokens, stop, isPerson, isThoughtTold } = this.#question
    return {
      model: this.#model,
      messages: [...messages],
      maxRetries: 0,
      ...(system && { system }),
      ...(tools && { tools: { get_weather } }),
      ...(tools === "forced" && { toolChoice: { type: "tool" as const, toolName: "get_weather" as const } }),
      ...(isPerson && { output: Output.object({ schema: z.object({ name: z.string(), age: z.int() }) }) }),
      ...(maxTokens && { maxOutputTokens: maxTokens }),
      ...(stop && { stopSequences: [stop] }),
      ...(isThoughtTold && this.#thinking && { providerOptions: this.#thinking }),
    }
  }

  #told(
    messages: readonly ModelMessage[],
    answer: {
      readonly text: string
      readonly toolCalls: readonly { readonly toolName: string; readonly toolCallId: string; readonly input: unknown }[]
      readonly reasoningText: string | undefined
      readonly finishReason: string
      readonly usage: LanguageModelUsage
    },
    pieces: number,
    answered: readonly ModelMessage[],
    dropped: string,
  ): Told {
    return {
      text: answer.text,
      pieces,
      calls: answer.toolCalls.map(({ toolName, input }) => ({ name: toolName, input })),
      reasoning: answer.reasoningText ?? "",
      stop: answer.finishReason,
      input: answer.usage.inputTokens,
      output: answer.usage.outputTokens,
      dropped,
      next: (turn) => this.ask([...messages, ...answered, nextOf(turn, answer.toolCalls)]),
    }
  }
}

const get_weather = tool({ description: weatherTool.description, inputSchema: z.object({ city: z.string() }) })

const nextOf = (
  turn: NextTurn,
  calls: readonly { readonly toolName: string; readonly toolCallId: string }[],
): ModelMessage =>
  "text" in turn
    ? { role: "user", content: turn.text }
    : {
        role: "tool",
        content: calls.map(({ toolName, toolCallId }, at) => ({
          type: "tool-result",
          toolName,
          toolCallId,
          output: { type: "text", value: turn.results[at] ?? "" },
        })),
      }

function userOf({ text, media }: Question): UserModelMessage {
  if (media === undefined) return { role: "user", content: text }
  const said = { type: "text" as const, text }
  const medium =
    media === "image"
      ? { type: "image" as const, image: Buffer.from(onePixel, "base64"), mediaType: "image/png" }
      : { type: "file" as const, data: Buffer.from(smallPdf, "base64"), mediaType: "application/pdf", filename: "a.pdf" }
  return { role: "user", content: [said, medium] }
}
