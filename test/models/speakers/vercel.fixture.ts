import { createAnthropic } from "@ai-sdk/anthropic"
import { createGoogleGenerativeAI } from "@ai-sdk/google"
import { createOpenAI } from "@ai-sdk/openai"
import { APICallError, type LanguageModel } from "ai"
import type { Dialect } from "../../../src/models/codec.ts"
import type { Door, Speaker, Unsayable } from "./speaker.fixture.ts"
import { type Options, VercelConversation } from "./vercel-conversation.fixture.ts"

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
        return new VercelConversation(models(question.model), options, question).begin()
      }
    },
    errorOf: (error) =>
      APICallError.isInstance(error)
        ? { kind: error.name, status: error.statusCode, message: error.message }
        : undefined,
  }
}
