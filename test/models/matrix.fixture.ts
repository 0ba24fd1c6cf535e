import { afterAll, beforeAll, describe, test } from "bun:test"
import type { Dialect } from "../../src/models/codec.ts"
import { CALLER_KEY, type ModelGateway, startModelGateway } from "./gateway.fixture.ts"
import type { Asked } from "./providers/asked.fixture.ts"
import { type Format, formats } from "./providers/provider.fixture.ts"
import type { Door, Question, Speaker, Told, Unsayable } from "./speakers/speaker.fixture.ts"
import { speakers } from "./speakers/speakers.fixture.ts"

/** An SDK that asks the gateway, and the format of the provider that it reaches. */
export interface Pair {
  readonly speaker: Speaker
  readonly format: Format
  /** What the provider speaks where the dialect reaches it by another of its addresses. */
  readonly spoken: Format | "openai-completions"
  /** `model`: the provider's name of it, where it matters. */
  ask(question: Omit<Question, "model">, model?: string): Promise<Told>
  readonly door: Door
  /** What the provider was asked last. */
  asked(): Asked
}

/** What an SDK is tested for. */
export interface Feature {
  /** A sentence that goes on "the OpenAI SDK, asked of bedrock". */
  readonly name: string
  /** What the SDK has to have words for; where it has none, it is not tested (`unsayable` says why). */
  readonly needs?: Unsayable
  /** The provider is not reached, so that one format stands for all. */
  readonly isOfSdk?: true
  check(pair: Pair): Promise<void>
}

/** One test for each feature and each pair of an SDK and a provider's format. */
export function matrix(features: readonly Feature[]): void {
  globalThis.AI_SDK_LOG_WARNINGS = false
  let gateway: ModelGateway
  beforeAll(async () => {
    gateway = await startModelGateway()
  })
  afterAll(() => gateway.stop())
  for (const speaker of speakers)
    describe.each([...formats])(`${speaker.name}, asked of %s:`, (format) => {
      for (const { name, needs, isOfSdk, check } of features)
        if ((needs === undefined || !speaker.unsayable.has(needs)) && (!isOfSdk || format === formats[0]))
          test(name, () => check(pairOf(gateway, speaker, format)))
    })
}

function pairOf(gateway: ModelGateway, speaker: Speaker, format: Format): Pair {
  const door = { url: gateway.url, apiKey: CALLER_KEY }
  const ask = speaker.at(door)
  return {
    door,
    speaker,
    format,
    spoken: spokenAt(speaker.dialect, format),
    ask: (question, model = "scripted") => ask({ ...question, model: `${format}/${model}` }),
    asked: () => {
      const asked = gateway.providers.get(format)?.requests().at(-1)?.asked()
      if (asked === undefined) throw new Error(`the ${format} provider was asked nothing`)
      return asked
    },
  }
}

/** Azure offers all of OpenAI's three ways to ask. */
function spokenAt(dialect: Dialect, format: Format): Pair["spoken"] {
  if (format !== "azure-openai") return format
  return dialect === "openai-responses" || dialect === "openai-completions" ? dialect : format
}

/** How a test's name tells it. */
export const wayOf = (isStreamed: boolean): string => (isStreamed ? "streamed" : "whole")
