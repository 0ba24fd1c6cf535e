import { createAnthropic } from "@ai-sdk/anthropic"
import { createGoogleGenerativeAI } from "@ai-sdk/google"
import { createOpenAI } from "@ai-sdk/openai"
import {
  APICallError,
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
  smallPdf,
  type Told,
  type Unsayable,
  weatherTool,
} from "./speaker.fixture.ts"

const NO_THOUGHTS = "the SDK's chat model reads no reasoning"

/** The Vercel AI SDK (npm package `ai`) with the provider packages of the dialects. */
export const vercelOpenaiChat = speaker({
  dialect: "openai-chat",
  name: "openai chat",
  modelOf: ({ url, apiKey }) => createOpenAI({ apiKey, baseURL: `${url}/v1` }).chat,
  thinking: { openai: { reasoningEffort: "low" } },
  unsayable: [
    ["reasoning", NO_THOUGHTS],
    ["signature", NO_THOUGHTS],
  ],
})

export const vercelOpenaiResponses = speaker({
  dialect: "openai-responses",
  name: "openai responses",
  modelOf: ({ url, apiKey }) => createOpenAI({ apiKey, baseURL: `${url}/v1` }).responses,
  thinking: { openai: { reasoningEffort: "low", reasoningSummary: "auto", forceReasoning: true, store: false } },
  // Else earlier answers are sent back as references to what one provider holds.
  usual: { openai: { store: false } },
  unsayable: [["stop", "OpenAI's responses have no stop sequences"]],
})

export const vercelAnthropic = speaker({
  dialect: "anthropic",
  name: "anthropic",
  modelOf: ({ url, apiKey }) => createAnthropic({ apiKey, baseURL: `${url}/v1` }),
  thinking: { anthropic: { thinking: { type: "enabled", budgetTokens: 1024 } } },
  unsayable: [],
})

export const vercelGoogle = speaker({
  dialect: "gemini",
  name: "google",
  // A name with a slash in it is a path to this SDK, and `models/` no longer put before it.
  modelOf: ({ url, apiKey }) => {
    const models = createGoogleGenerativeAI({ apiKey, baseURL: `${url}/v1beta` })
    return (model) => models(`models/${model}`)
  },
  thinking: { google: { thinkingConfig: { includeThoughts: true, thinkingBudget: 1024 } } },
  unsayable: [],
})

type Options = NonNullable<Parameters<typeof generateText>[0]["providerOptions"]>

interface Vercel {
  readonly dialect: Dialect
  readonly name: string
  readonly modelOf: (door: Door) => (model: string) => LanguageModel
  readonly thinking: Options
  readonly usual?: Options
  readonly unsayable: readonly (readonly [Unsayable, string])[]
}

function speaker({ dialect, name, modelOf, thinking, usual = {}, unsayable }: Vercel): Speaker {
  return {
    name: `Vercel AI SDK, ${name}`,
    dialect,
    unsayable: new Map(unsayable),
    stops: {
      end: "stop",
      length: "length",
      tools: "tool-calls",
      sequence: "stop",
      refusal: "content-filter",
      filtered: "content-filter",
    },
    at: (door) => {
      const models = modelOf(door)
      return (question) => {
        const options = question.isThoughtTold ? thinking : usual
        return new Conversation(models(question.model), options, question).ask([userOf(question)])
      }
    },
    errorOf: (error) =>
      APICallError.isInstance(error)
        ? { kind: error.name, status: error.statusCode, message: error.message }
        : undefined,
  }
}

class Conversation {
  readonly #model: LanguageModel
  readonly #options: Options
  readonly #question: Question

  constructor(model: LanguageModel, options: Options, question: Question) {
    this.#model = model
    this.#options = options
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
    // What is told in a stream comes as the provider's package read it, which need not be an error.
    if (fault !== undefined) throw fault instanceof Error ? fault : new Error(JSON.stringify(fault))
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
    const { system, tools, maxTokens, stop, isPerson } = this.#question
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
      providerOptions: this.#options,
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
      next: (turn) => {
        const said = answered.filter(({ role }) => role !== "tool")
        return this.ask([...messages, ...said, nextOf(turn, answer.toolCalls)])
      },
    }
  }
}

/** A tool that is not run by the SDK has no type here that its own functions take; what it gives is replaced. */
const get_weather = tool({
  description: weatherTool.description,
  inputSchema: z.object({ city: z.string() }),
  execute: () => "",
})

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
      : {
          type: "file" as const,
          data: Buffer.from(smallPdf, "base64"),
          mediaType: "application/pdf",
          filename: "a.pdf",
        }
  return { role: "user", content: [said, medium] }
}
