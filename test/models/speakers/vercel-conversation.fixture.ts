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
import { onePixel } from "../providers/openai-more.fixture.ts"
import { type NextTurn, type Question, smallPdf, type Told, weatherTool } from "./speaker.fixture.ts"

/** What the SDK passes to its provider packages. */
export type Options = NonNullable<Parameters<typeof generateText>[0]["providerOptions"]>

/** One conversation by way of the Vercel AI SDK. */
export class VercelConversation {
  readonly #model: LanguageModel
  readonly #options: Options
  readonly #question: Question

  constructor(model: LanguageModel, options: Options, question: Question) {
    this.#model = model
    this.#options = options
    this.#question = question
  }

  begin(): Promise<Told> {
    return this.#ask([userOf(this.#question)])
  }

  async #ask(messages: readonly ModelMessage[]): Promise<Told> {
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
        return this.#ask([...messages, ...said, nextOf(turn, answer.toolCalls)])
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
