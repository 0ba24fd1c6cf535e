import { bedrockEvent } from "./event-stream.fixture.ts"
import { pieces } from "./pieces.fixture.ts"
import type { Answer, AnswerPart, AnswerStop, AnswerUsage } from "./script.fixture.ts"

/** Source: Amazon Bedrock API reference, "Converse" (response syntax). */
export const conversed = (answer: Answer): unknown => ({
  metrics: { latencyMs: 12 },
  output: { message: { role: "assistant", content: answer.parts.map(blockOf) } },
  stopReason: stopOf(answer.stop),
  usage: usageOf(answer.usage),
})

/** Source: Amazon Bedrock API reference, "ConverseStream"; text blocks have no `contentBlockStart`. */
export function converseEvents(answer: Answer): readonly Uint8Array[] {
  const blocks = answer.parts.flatMap((part, contentBlockIndex) => [
    ...startOf(part, contentBlockIndex),
    ...deltasOf(part).map((delta) => bedrockEvent("contentBlockDelta", { contentBlockIndex, delta })),
    bedrockEvent("contentBlockStop", { contentBlockIndex }),
  ])
  return [
    bedrockEvent("messageStart", { role: "assistant" }),
    ...blocks,
    bedrockEvent("messageStop", { stopReason: stopOf(answer.stop) }),
    bedrockEvent("metadata", { metrics: { latencyMs: 12 }, usage: usageOf(answer.usage) }),
  ]
}

function blockOf(part: AnswerPart, index: number): object {
  switch (part.kind) {
    case "text":
      return { text: part.text }
    case "reasoning":
      return { reasoningContent: { reasoningText: { text: part.text, signature: part.signature } } }
    case "tool-call":
      return { toolUse: { toolUseId: `tooluse_${index + 1}`, name: part.name, input: part.arguments } }
  }
}

const startOf = (part: AnswerPart, contentBlockIndex: number): readonly Uint8Array[] =>
  part.kind === "tool-call"
    ? [
        bedrockEvent("contentBlockStart", {
          contentBlockIndex,
          start: { toolUse: { toolUseId: `tooluse_${contentBlockIndex + 1}`, name: part.name } },
        }),
      ]
    : []

function deltasOf(part: AnswerPart): readonly object[] {
  switch (part.kind) {
    case "text":
      return pieces(part.text).map((text) => ({ text }))
    case "reasoning": {
      const thoughts = pieces(part.text).map((text) => ({ reasoningContent: { text } }))
      return [...thoughts, { reasoningContent: { signature: part.signature } }]
    }
    case "tool-call":
      return pieces(JSON.stringify(part.arguments), 6).map((input) => ({ toolUse: { input } }))
  }
}

function stopOf({ kind }: AnswerStop): string {
  switch (kind) {
    case "end":
      return "end_turn"
    case "length":
      return "max_tokens"
    case "tools":
      return "tool_use"
    case "stop-sequence":
      return "stop_sequence"
    case "refusal":
      return "content_filtered"
  }
}

/** `inputTokens` are those neither read from the cache nor written to it; the total has all. */
const usageOf = ({ input, output, cachedInput, cacheWrite }: AnswerUsage) => ({
  inputTokens: input - cachedInput - cacheWrite,
  outputTokens: output,
  totalTokens: input + output,
  cacheReadInputTokens: cachedInput,
  cacheWriteInputTokens: cacheWrite,
})
