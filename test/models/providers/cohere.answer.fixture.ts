import type { Asked } from "./asked.fixture.ts"
import { pieces, sse } from "./pieces.fixture.ts"
import type { Answer, AnswerPart, AnswerUsage } from "./script.fixture.ts"

/** Source: Cohere API v2 reference, "Chat" (response). */
export function wholeChat(asked: Asked, answer: Answer, id: string): unknown {
  const parts = saidIn(answer)
  const content = parts.flatMap((it): object[] => {
    if (it.kind === "text") return [{ type: "text", text: it.text }]
    return it.kind === "reasoning" ? [{ type: "thinking", thinking: it.text }] : []
  })
  const calls = callsOf(parts)
  const plan = calls.length > 0 ? { tool_plan: "I will look it up.", tool_calls: calls } : {}
  const message = { role: "assistant", ...(content.length > 0 && { content }), ...plan }
  return { id, message, finish_reason: finishOf(answer), usage: usageOf(answer.usage), ...logprobsOf(asked, answer) }
}

/** Source: Cohere documentation, "Streaming responses" (chat API v2). */
export function chatEvents(asked: Asked, answer: Answer, id: string): readonly Uint8Array[] {
  const parts = saidIn(answer)
  const calls = callsOf(parts)
  const begun = { role: "assistant", content: [], tool_plan: "", tool_calls: [], citations: [] }
  const plan = calls.length > 0 ? pieces("I will look it up.") : []
  const content = parts.filter((it) => it.kind !== "tool-call")
  const delta = { finish_reason: finishOf(answer), usage: usageOf(answer.usage) }
  const events: readonly { readonly type: string; readonly [field: string]: unknown }[] = [
    { id, type: "message-start", delta: { message: begun } },
    ...content.flatMap((part, index) => contentEvents(part, index, asked)),
    ...plan.map((tool_plan) => ({ type: "tool-plan-delta", delta: { message: { tool_plan } } })),
    ...calls.flatMap(callEvents),
    { id, type: "message-end", delta },
  ]
  return events.map((it) => sse(it, it.type))
}

function contentEvents(part: Exclude<AnswerPart, { kind: "tool-call" }>, index: number, asked: Asked) {
  const [type, field] = part.kind === "text" ? ["text", "text"] : ["thinking", "thinking"]
  return [
    { type: "content-start", index, delta: { message: { content: { type, [field]: "" } } } },
    ...pieces(part.text).map((it) => ({
      type: "content-delta",
      index,
      delta: { message: { content: { [field]: it } } },
      ...(asked.areLogprobsAsked && { logprobs: { text: it, token_ids: [1], logprobs: [-0.25] } }),
    })),
    { type: "content-end", index },
  ]
}

type Call = ReturnType<typeof callsOf>[number]

const callEvents = (call: Call, index: number) => [
  {
    type: "tool-call-start",
    index,
    delta: { message: { tool_calls: { ...call, function: { name: call.function.name, arguments: "" } } } },
  },
  ...pieces(call.function.arguments, 6).map((it) => ({
    type: "tool-call-delta",
    index,
    delta: { message: { tool_calls: { function: { arguments: it } } } },
  })),
  { type: "tool-call-end", index },
]

const saidIn = ({ parts, stop }: Answer): readonly AnswerPart[] =>
  stop.kind === "refusal" ? [...parts, { kind: "text", text: stop.text }] : parts

const callsOf = (parts: readonly AnswerPart[]) =>
  parts
    .filter((it) => it.kind === "tool-call")
    .map((it, index) => ({
      id: `${it.name}_${index + 1}`,
      type: "function",
      function: { name: it.name, arguments: JSON.stringify(it.arguments) },
    }))

function finishOf({ stop }: Answer): string {
  switch (stop.kind) {
    case "end":
    case "refusal":
      return "COMPLETE"
    case "length":
      return "MAX_TOKENS"
    case "tools":
      return "TOOL_CALL"
    case "stop-sequence":
      return "STOP_SEQUENCE"
  }
}

const usageOf = ({ input, output, cachedInput }: AnswerUsage) => ({
  billed_units: { input_tokens: input, output_tokens: output },
  tokens: { input_tokens: input, output_tokens: output },
  cached_tokens: cachedInput,
})

function logprobsOf({ areLogprobsAsked }: Asked, answer: Answer): object {
  if (!areLogprobsAsked) return {}
  const text = answer.parts.flatMap((it) => (it.kind === "text" ? [it.text] : [])).join("")
  return { logprobs: pieces(text).map((it) => ({ text: it, token_ids: [1], logprobs: [-0.25] })) }
}
