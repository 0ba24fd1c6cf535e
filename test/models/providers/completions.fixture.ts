import { z } from "zod"
import type { Asked } from "./asked.fixture.ts"
import { type ChatDialect, chatUsage, finishOf } from "./openai-chat.answer.fixture.ts"
import { openaiHeaders, openaiUnparsed, openaiWording } from "./openai-error.fixture.ts"
import { pieces, sse } from "./pieces.fixture.ts"
import type { Heard, Reply } from "./server.fixture.ts"
import { bodyOf, json, stream, type Turn } from "./wire.fixture.ts"

const completionsRequest = z.strictObject({
  model: z.string().default(""),
  prompt: z.string(),
  max_tokens: z.number().int().min(0).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.strictObject({ include_usage: z.boolean().optional() }).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  user: z.string().optional(),
})

/** A refused text ends with `content_filter`, as there is no member for it. */
const dialect: ChatDialect = { hasReasoningText: false, refusal: "filter", head: {}, choice: {}, before: [] }

/** OpenAI's legacy completions. Source: OpenAI API reference, "Completions". `model`: the one that the path names. */
export function completionsReply(heard: Heard, turn: Turn, model?: string): Reply {
  const request = bodyOf(heard, completionsRequest, openaiWording, openaiUnparsed)
  const { prompt, max_tokens, stop } = request
  const asked: Asked = {
    model: model ?? request.model,
    isStreamed: request.stream ?? false,
    system: [],
    messages: [{ role: "user", parts: [{ kind: "text", text: prompt }] }],
    tools: [],
    toolChoice: "auto",
    isReasoningAsked: false,
    ...(max_tokens != null && { maxTokens: max_tokens }),
    stops: typeof stop === "string" ? [stop] : (stop ?? []),
    choices: 1,
    areLogprobsAsked: false,
    hasCacheMark: false,
  }
  const answer = turn.decide(asked)
  const headers = openaiHeaders(turn.serial)
  const text = answer.parts.flatMap((it) => (it.kind === "text" ? [it.text] : [])).join("")
  const finish_reason = finishOf(answer.stop, dialect)
  const head = { id: `cmpl-${turn.serial}`, object: "text_completion", created: 1_790_000_000, model: asked.model }
  const choice = (piece: string, reason: string | null) => ({
    text: piece,
    index: 0,
    logprobs: null,
    finish_reason: reason,
  })
  const usage = chatUsage(answer.usage)
  if (!asked.isStreamed) return json(200, headers, { ...head, choices: [choice(text, finish_reason)], usage })
  const hasUsage = request.stream_options?.include_usage ?? false
  const chunk = (choices: readonly object[], told: object | null = null): Uint8Array =>
    sse({ ...head, choices, ...(hasUsage && { usage: told }) })
  const frames = [...pieces(text).map((it) => chunk([choice(it, null)])), chunk([choice("", finish_reason)])]
  const ending = [...(hasUsage ? [chunk([], usage)] : []), sse("[DONE]")]
  return stream("text/event-stream; charset=utf-8", headers, [...frames, ...ending])
}
