import type { Asked } from "./asked.fixture.ts"
import { pieces, sse } from "./pieces.fixture.ts"
import type { Answer, AnswerPart, AnswerStop, AnswerUsage } from "./script.fixture.ts"

/** Source: Anthropic API reference, "Create a Message" (response) and "Streaming messages" (event flow). */
export function wholeMessage(asked: Asked, answer: Answer, serial: number): unknown {
  const usage = { ...inputOf(answer.usage), output_tokens: answer.usage.output, service_tier: "standard" }
  return { ...headOf(asked, serial), content: answer.parts.map(blockOf), ...stopOf(answer.stop), usage }
}

export function messageEvents(asked: Asked, answer: Answer, serial: number): readonly Uint8Array[] {
  const begun = { ...inputOf(answer.usage), output_tokens: 1, service_tier: "standard" }
  const unstopped = { stop_reason: null, stop_sequence: null }
  const blocks = answer.parts.flatMap((part, index) => [
    { type: "content_block_start", index, content_block: emptyOf(part, index) },
    ...(index === 0 ? [{ type: "ping" }] : []),
    ...deltasOf(part).map((delta) => ({ type: "content_block_delta", index, delta })),
    { type: "content_block_stop", index },
  ])
  const usage = { ...inputOf(answer.usage), output_tokens: answer.usage.output }
  const events = [
    { type: "message_start", message: { ...headOf(asked, serial), content: [], ...unstopped, usage: begun } },
    ...(blocks.length === 0 ? [{ type: "ping" }] : blocks),
    { type: "message_delta", delta: stopOf(answer.stop), usage },
    { type: "message_stop" },
  ]
  return events.map((it) => sse(it, it.type))
}

const headOf = ({ model }: Asked, serial: number) => ({
  id: `msg_${String(serial).padStart(24, "0")}`,
  type: "message",
  role: "assistant",
  model,
})

/** `input_tokens` are those neither read from the cache nor written to it. */
const inputOf = ({ input, cachedInput, cacheWrite }: AnswerUsage) => ({
  input_tokens: input - cachedInput - cacheWrite,
  cache_creation_input_tokens: cacheWrite,
  cache_read_input_tokens: cachedInput,
  cache_creation: { ephemeral_5m_input_tokens: cacheWrite, ephemeral_1h_input_tokens: 0 },
})

function blockOf(part: AnswerPart, index: number): object {
  switch (part.kind) {
    case "text":
      return { type: "text", text: part.text }
    case "reasoning":
      return { type: "thinking", thinking: part.text, signature: part.signature }
    case "tool-call":
      return { type: "tool_use", id: `toolu_${index + 1}`, name: part.name, input: part.arguments }
  }
}

function emptyOf(part: AnswerPart, index: number): object {
  switch (part.kind) {
    case "text":
      return { type: "text", text: "" }
    case "reasoning":
      return { type: "thinking", thinking: "", signature: "" }
    case "tool-call":
      return { type: "tool_use", id: `toolu_${index + 1}`, name: part.name, input: {} }
  }
}

function deltasOf(part: AnswerPart): readonly object[] {
  switch (part.kind) {
    case "text":
      return pieces(part.text).map((text) => ({ type: "text_delta", text }))
    case "reasoning": {
      const thoughts = pieces(part.text).map((thinking) => ({ type: "thinking_delta", thinking }))
      return [...thoughts, { type: "signature_delta", signature: part.signature }]
    }
    case "tool-call":
      return ["", ...pieces(JSON.stringify(part.arguments), 6)].map((partial_json) => ({
        type: "input_json_delta",
        partial_json,
      }))
  }
}

function stopOf(stop: AnswerStop): { readonly stop_reason: string; readonly stop_sequence: string | null } {
  switch (stop.kind) {
    case "end":
      return { stop_reason: "end_turn", stop_sequence: null }
    case "length":
      return { stop_reason: "max_tokens", stop_sequence: null }
    case "tools":
      return { stop_reason: "tool_use", stop_sequence: null }
    case "refusal":
      return { stop_reason: "refusal", stop_sequence: null }
    case "stop-sequence":
      return { stop_reason: "stop_sequence", stop_sequence: stop.sequence }
  }
}
