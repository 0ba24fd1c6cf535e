import { expect, test } from "bun:test"
import { matrix, type Pair, wayOf } from "./matrix.fixture.ts"
import { refusalText } from "./providers/script.fixture.ts"
import { speakers } from "./speakers/speakers.fixture.ts"

const said = "größer 👩‍👩‍👧 als 日本語"

matrix([
  {
    name: "is answered, and the system prompt arrives",
    check: async (pair) => {
      const told = await pair.ask({ text: `say ${said}`, system: "Be kind.", isStreamed: false })
      expect(told).toMatchObject({ text: said, stop: pair.speaker.stops.end, input: 17, output: 5 })
      expect(systemOf(pair)).toContain("Be kind.")
    },
  },
  {
    name: "is streamed to, characters of several bytes whole, usage at the end",
    check: async (pair) => {
      const told = await pair.ask({ text: `say ${said}`, isStreamed: true })
      expect(told).toMatchObject({ text: said, stop: pair.speaker.stops.end, input: 15, output: 5 })
      expect(told.pieces).toBeGreaterThan(2)
    },
  },
  ...[false, true].map((isStreamed) => ({
    name: `is told that the answer was cut at its limit, ${wayOf(isStreamed)}`,
    check: async (pair: Pair) => {
      const told = await pair.ask({ text: "stop early", maxTokens: 1234, isStreamed })
      expect(told).toMatchObject({ text: "This answer is cut", stop: pair.speaker.stops.length })
      expect(pair.asked().maxTokens).toBe(1234)
    },
  })),
  ...[false, true].map((isStreamed) => ({
    name: `stops at a stop sequence, ${wayOf(isStreamed)}`,
    needs: "stop" as const,
    check: async (pair: Pair) => {
      const { text, stop, dropped } = await pair.ask({ text: "say one STOP two", stop: "STOP", isStreamed })
      // The responses API has no stop sequences, which a whole answer's head tells and a stream's too.
      if (pair.spoken === "openai-responses") {
        expect({ text, stop }).toEqual({ text: "one STOP two", stop: pair.speaker.stops.end })
        if (!isStreamed) expect(dropped.split(", ")).toContain("stop")
        return
      }
      expect({ text, stop }).toEqual({ text: "one ", stop: sequenceStop(pair) })
    },
  })),
  ...[false, true].map((isStreamed) => ({
    name: `is told of a refusal, ${wayOf(isStreamed)}`,
    check: async (pair: Pair) => {
      const { text, stop } = await pair.ask({ text: "refuse me", isStreamed })
      expect({ text, stop }).toEqual(refused(pair))
    },
  })),
])

test("what an SDK has no word for is known", () => {
  const told = speakers.map(({ name, unsayable }) => [name, [...unsayable.keys()].join(" ")])
  expect(told.filter(([, words]) => words !== "")).toEqual([
    ["OpenAI SDK, chat completions", "signature"],
    ["OpenAI SDK, responses", "stop"],
    ["OpenAI SDK, legacy completions", "tools forced schema image document reasoning signature"],
    ["Vercel AI SDK, openai chat", "reasoning signature"],
    ["Vercel AI SDK, openai responses", "stop"],
  ])
})

/** Legacy completions have no place for a system prompt but the prompt. */
function systemOf({ speaker, asked }: Pair): string {
  const { system, messages } = asked()
  if (speaker.dialect !== "openai-completions") return system.join()
  return messages.flatMap(({ parts }) => parts.flatMap((it) => (it.kind === "text" ? [it.text] : []))).join()
}

/** Anthropic's word for it tells which sequence was met, which few other formats do; most do not even tell that one was. */
function sequenceStop({ speaker, format }: Pair): string {
  if (speaker.name !== "Anthropic SDK") return speaker.stops.sequence
  if (format === "anthropic") return "stop_sequence STOP"
  return format === "bedrock" || format === "cohere" ? "stop_sequence" : speaker.stops.end
}

function refused({ speaker, spoken }: Pair): { readonly text: string; readonly stop: string } {
  switch (spoken) {
    case "openai-chat":
    case "openai-responses":
      return { text: refusalText, stop: speaker.stops.refusal }
    case "anthropic":
    case "gemini":
    case "bedrock":
    case "azure-openai":
    case "openai-completions":
      return { text: "", stop: speaker.stops.filtered }
    case "cohere":
    case "ollama":
      // Neither has a word for a refusal: it is what the model says.
      return { text: refusalText, stop: speaker.stops.end }
  }
}
