import type { Asked } from "./asked.fixture.ts"
import { pieces, sse } from "./pieces.fixture.ts"
import type { Answer, AnswerStop, AnswerUsage } from "./script.fixture.ts"

/** In what those who speak this format differ. */
export interface ChatDialect {
  /** Whether the reasoning's text is told, as `reasoning_content`. */
  readonly hasReasoningText: boolean
  /** Whether a refusal is the model's own text, or the stop reason of a filter. */
  readonly refusal: "text" | "filter"
  /** Of a whole answer. */
  readonly head: object
  /** Of each choice. */
  readonly choice: object
  /** Before the first chunk of a stream. */
  readonly before: readonly object[]
}

/** Source: OpenAI API reference, "The chat completion object" and "The chat completion chunk object". */
export function chatCompletion(asked: Asked, answer: Answer, serial: number, dialect: ChatDialect): unknown {
  const text = contentOf(answer)
  const calls = callsOf(answer)
  const thought = reasoningOf(answer, dialect)
  const message = {
    role: "assistant",
    content: text === "" ? null : text,
    refusal: answer.stop.kind === "refusal" && dialect.refusal === "text" ? answer.stop.text : null,
    annotations: [],
    ...(thought !== "" && { reasoning_content: thought }),
    ...(calls.length > 0 && { tool_calls: calls.map(({ index: _, ...call }) => call) }),
  }
  const choices = Array.from({ length: asked.choices }, (_, index) => ({
    index,
    message,
    logprobs: asked.areLogprobsAsked ? logprobsOf(pieces(text)) : null,
    finish_reason: finishOf(answer.stop, dialect),
    ...dialect.choice,
  }))
  return { ...headOf("chat.completion", asked, serial), ...dialect.head, choices, usage: chatUsage(answer.usage) }
}

export function chatChunks(
  asked: Asked,
  answer: Answer,
  serial: number,
  hasUsage: boolean,
  dialect: ChatDialect,
): readonly Uint8Array[] {
  const head = headOf("chat.completion.chunk", asked, serial)
  const chunk = (choices: readonly unknown[], usage: unknown = null): Uint8Array =>
    sse({ ...head, choices, ...(hasUsage && { usage }) })
  const frames: Uint8Array[] = dialect.before.map((it) => sse(it))
  for (let index = 0; index < asked.choices; index += 1) {
    for (const [delta, finish_reason] of deltasOf(answer, dialect)) {
      const content = "content" in delta && typeof delta.content === "string" ? delta.content : ""
      const logprobs = asked.areLogprobsAsked && content !== "" ? logprobsOf([content]) : null
      frames.push(chunk([{ index, delta, logprobs, finish_reason, ...dialect.choice }]))
    }
  }
  return [...frames, ...(hasUsage ? [chunk([], chatUsage(answer.usage))] : []), sse("[DONE]")]
}

function deltasOf(answer: Answer, dialect: ChatDialect): readonly (readonly [object, string | null])[] {
  const calls = callsOf(answer)
  const begin = { role: "assistant", content: calls.length > 0 ? null : "", refusal: null }
  const called = calls.flatMap((call) => [
    { tool_calls: [{ ...call, function: { name: call.function.name, arguments: "" } }] },
    ...pieces(call.function.arguments, 6).map((it) => ({
      tool_calls: [{ index: call.index, function: { arguments: it } }],
    })),
  ])
  const deltas = [
    begin,
    ...pieces(reasoningOf(answer, dialect)).map((it) => ({ reasoning_content: it })),
    ...pieces(contentOf(answer)).map((content) => ({ content })),
    ...(answer.stop.kind === "refusal" && dialect.refusal === "text"
      ? pieces(answer.stop.text).map((refusal) => ({ refusal }))
      : []),
    ...called,
  ]
  return [...deltas.map((it) => [it, null] as const), [{}, finishOf(answer.stop, dialect)] as const]
}

const headOf = (object: string, { model }: Asked, serial: number) => ({
  id: `chatcmpl-${String(serial).padStart(8, "0")}`,
  object,
  created: 1_790_000_000 + serial,
  model,
  service_tier: "default",
  system_fingerprint: "fp_scripted",
})

const contentOf = ({ parts }: Answer): string => parts.flatMap((it) => (it.kind === "text" ? [it.text] : [])).join("")

const reasoningOf = ({ parts }: Answer, { hasReasoningText }: ChatDialect): string =>
  parts.flatMap((it) => (it.kind === "reasoning" && hasReasoningText ? [it.text] : [])).join("")

const callsOf = ({ parts }: Answer) =>
  parts
    .filter((it) => it.kind === "tool-call")
    .map((it, index) => ({
      index,
      id: `call_${index + 1}`,
      type: "function",
      function: { name: it.name, arguments: JSON.stringify(it.arguments) },
    }))

export function finishOf({ kind }: AnswerStop, { refusal }: ChatDialect): string {
  switch (kind) {
    case "tools":
      return "tool_calls"
    case "length":
      return "length"
    case "refusal":
      return refusal === "filter" ? "content_filter" : "stop"
    case "end":
    case "stop-sequence":
      return "stop"
  }
}

export const chatUsage = (usage: AnswerUsage) => ({
  prompt_tokens: usage.input,
  completion_tokens: usage.output,
  total_tokens: usage.input + usage.output,
  prompt_tokens_details: { cached_tokens: usage.cachedInput, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: usage.reasoning,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
})

const logprobsOf = (tokens: readonly string[]) => ({
  content: tokens.map((token) => ({ token, logprob: -0.25, bytes: [...Buffer.from(token)], top_logprobs: [] })),
  refusal: null,
})
