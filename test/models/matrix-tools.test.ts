import { expect } from "bun:test"
import { ToolChoiceViolationError } from "ai"
import { caught } from "./caught.fixture.ts"
import { matrix, type Pair } from "./matrix.fixture.ts"

const question = "What is the weather in Paris and Zürich?"

matrix([
  ...[false, true].map((isStreamed) => ({
    name: `${isStreamed ? "streams" : "makes"} two tool calls, and the answer to their results`,
    needs: "tools" as const,
    check: async (pair: Pair) => {
      const told = await pair.ask({ text: question, tools: "offered", isStreamed })
      expect(told.calls).toEqual([
        { name: "get_weather", input: { city: "Paris" } },
        { name: "get_weather", input: { city: "Zürich" } },
      ])
      expect(told.stop).toBe(pair.speaker.stops.tools)
      // Cohere says what it is about to do beside the calls.
      expect(told.text).toBe(pair.format === "cohere" ? "I will look it up." : "")
      const then = await told.next({ results: ["sun", "rain & wörds"] })
      expect(then).toMatchObject({ text: `The results are: ${resultsOf(pair)}`, stop: pair.speaker.stops.end })
      expect(pair.asked().tools.map((it) => it.name)).toEqual(["get_weather"])
      expect(quoted(pair)).toEqual(["Paris", "Zürich"])
    },
  })),
  ...[false, true].map((isStreamed) => ({
    name: `forces a tool, ${isStreamed ? "streamed" : "whole"}`,
    needs: "forced" as const,
    check: async (pair: Pair) => {
      const asking = pair.ask({ text: "Do it", tools: "forced", isStreamed })
      if (pair.format === "ollama") return isNotForced(asking, isStreamed)
      const { calls, stop } = await asking
      expect({ calls, stop }).toEqual({
        calls: [{ name: "get_weather", input: { city: "Paris" } }],
        stop: pair.speaker.stops.tools,
      })
    },
  })),
])

/** Gemini takes objects for results; what Google's provider of the Vercel AI SDK makes of a text stays one elsewhere. */
const resultsOf = ({ speaker, format }: Pair): string =>
  ["sun", "rain & wörds"]
    .map((content) =>
      speaker.name === "Vercel AI SDK, google" && format !== "gemini"
        ? JSON.stringify({ name: "get_weather", content })
        : content,
    )
    .join("; ")

/** The cities of the calls of the turn before, as the provider heard them quoted. */
const quoted = ({ asked }: Pair): readonly unknown[] =>
  asked().messages.flatMap(({ parts }) =>
    parts.flatMap((it) => (it.kind === "tool-call" ? Object.values(inputOf(it.arguments)) : [])),
  )

const inputOf = (told: unknown): object => Object(typeof told === "string" ? JSON.parse(told) : told)

/** Ollama has no choice of tools, which is told; the Vercel AI SDK will not have an answer without the call. */
async function isNotForced(asking: ReturnType<Pair["ask"]>, isStreamed: boolean): Promise<void> {
  const error = await caught(asking)
  if (error !== undefined) {
    expect(error).toBeInstanceOf(ToolChoiceViolationError)
    return
  }
  const { text, calls, dropped } = await asking
  expect({ text, calls }).toEqual({ text: "Hello.", calls: [] })
  if (!isStreamed) expect(dropped.split(", ")).toContain("tool_choice")
}
