import type { Asked } from "./asked.fixture.ts"
import type { ResponsesRequest } from "./openai-responses.schema.fixture.ts"
import { pieces, sse } from "./pieces.fixture.ts"
import type { Answer, AnswerPart, AnswerUsage } from "./script.fixture.ts"

type Item =
  | {
      readonly kind: "reasoning"
      readonly id: string
      readonly summary: string
      readonly encrypted: string | undefined
    }
  | {
      readonly kind: "call"
      readonly id: string
      readonly callId: string
      readonly name: string
      readonly given: string
    }
  | { readonly kind: "message"; readonly id: string; readonly text: string; readonly logprobs: boolean }
  | { readonly kind: "refusal"; readonly id: string; readonly text: string }

/** Source: OpenAI API reference, "The response object". */
export function wholeResponse(request: ResponsesRequest, asked: Asked, answer: Answer, serial: number): unknown {
  const output = itemsOf(request, asked, answer, serial).map((it) => doneItem(it))
  const isCut = answer.stop.kind === "length"
  return {
    ...headOf(request, asked, serial),
    status: isCut ? "incomplete" : "completed",
    incomplete_details: isCut ? { reason: "max_output_tokens" } : null,
    output,
    usage: usageOf(answer.usage),
  }
}

/** Source: OpenAI API reference, "Streaming events" of responses. */
export function responseEvents(
  request: ResponsesRequest,
  asked: Asked,
  answer: Answer,
  serial: number,
): readonly Uint8Array[] {
  const head = { ...headOf(request, asked, serial), status: "in_progress", output: [], usage: null }
  const items = itemsOf(request, asked, answer, serial)
  const type = answer.stop.kind === "length" ? "response.incomplete" : "response.completed"
  const events: readonly Event[] = [
    { type: "response.created", response: head },
    { type: "response.in_progress", response: head },
    ...items.flatMap((it, output_index) => [
      { type: "response.output_item.added", output_index, item: begunItem(it) },
      ...eventsOf(it).map((event) => ({ ...event, item_id: it.id, output_index })),
      { type: "response.output_item.done", output_index, item: doneItem(it) },
    ]),
    { type, response: wholeResponse(request, asked, answer, serial) },
  ]
  return events.map((event, sequence_number) => sse({ ...event, sequence_number }, event.type))
}

interface Event {
  readonly type: string
  readonly [field: string]: unknown
}

const headOf = (request: ResponsesRequest, { model }: Asked, serial: number) => ({
  id: `resp_${String(serial).padStart(8, "0")}`,
  object: "response",
  created_at: 1_790_000_000 + serial,
  background: false,
  error: null,
  incomplete_details: null,
  instructions: request.instructions ?? null,
  max_output_tokens: request.max_output_tokens ?? null,
  model,
  parallel_tool_calls: request.parallel_tool_calls ?? true,
  previous_response_id: null,
  reasoning: { effort: request.reasoning?.effort ?? null, summary: request.reasoning?.summary ?? null },
  service_tier: "default",
  store: request.store ?? true,
  temperature: request.temperature ?? 1,
  text: { format: request.text?.format ?? { type: "text" }, verbosity: "medium" },
  tool_choice: request.tool_choice ?? "auto",
  tools: request.tools ?? [],
  top_logprobs: 0,
  top_p: request.top_p ?? 1,
  truncation: "disabled",
  user: null,
  metadata: request.metadata ?? {},
})

/** A summary is told when one is asked for, the encrypted content when `include` names it. */
function itemsOf(request: ResponsesRequest, asked: Asked, { parts, stop }: Answer, serial: number): readonly Item[] {
  const hasSummary = request.reasoning?.summary != null
  const isEncrypted = request.include?.includes("reasoning.encrypted_content") ?? false
  const itemOf = (part: AnswerPart, at: number): Item => {
    const id = `${serial}_${at}`
    switch (part.kind) {
      case "text":
        return { kind: "message", id: `msg_${id}`, text: part.text, logprobs: asked.areLogprobsAsked }
      case "reasoning": {
        const encrypted = isEncrypted ? part.signature : undefined
        return { kind: "reasoning", id: `rs_${id}`, summary: hasSummary ? part.text : "", encrypted }
      }
      case "tool-call": {
        const given = JSON.stringify(part.arguments)
        return { kind: "call", id: `fc_${id}`, callId: `call_${at + 1}`, name: part.name, given }
      }
    }
  }
  const items = parts.map(itemOf)
  return stop.kind === "refusal" ? [...items, { kind: "refusal", id: `msg_${serial}_r`, text: stop.text }] : items
}

function begunItem(it: Item): object {
  switch (it.kind) {
    case "reasoning":
      return { id: it.id, type: "reasoning", summary: [], ...(it.encrypted && { encrypted_content: "" }) }
    case "call":
      return {
        id: it.id,
        type: "function_call",
        status: "in_progress",
        arguments: "",
        call_id: it.callId,
        name: it.name,
      }
    case "message":
    case "refusal":
      return { id: it.id, type: "message", status: "in_progress", content: [], role: "assistant" }
  }
}

function doneItem(it: Item): object {
  switch (it.kind) {
    case "reasoning": {
      const summary = it.summary === "" ? [] : [{ type: "summary_text", text: it.summary }]
      return { id: it.id, type: "reasoning", summary, ...(it.encrypted && { encrypted_content: it.encrypted }) }
    }
    case "call":
      return { ...begunItem(it), status: "completed", arguments: it.given }
    case "message":
    case "refusal":
      return { ...begunItem(it), status: "completed", content: [doneContent(it)] }
  }
}

const doneContent = (it: Extract<Item, { kind: "message" | "refusal" }>): object =>
  it.kind === "refusal" ? { type: "refusal", refusal: it.text } : textContent(it.text, it.logprobs)

const textContent = (text: string, hasLogprobs: boolean) => ({
  type: "output_text",
  annotations: [],
  logprobs: hasLogprobs ? pieces(text).flatMap(logprobOf) : [],
  text,
})

const logprobOf = (token: string) => [{ token, logprob: -0.25, bytes: [...Buffer.from(token)], top_logprobs: [] }]

function eventsOf(it: Item): readonly Event[] {
  switch (it.kind) {
    case "reasoning": {
      if (it.summary === "") return []
      const at = { summary_index: 0 }
      return [
        { type: "response.reasoning_summary_part.added", ...at, part: { type: "summary_text", text: "" } },
        ...pieces(it.summary).map((delta) => ({ type: "response.reasoning_summary_text.delta", ...at, delta })),
        { type: "response.reasoning_summary_text.done", ...at, text: it.summary },
        { type: "response.reasoning_summary_part.done", ...at, part: { type: "summary_text", text: it.summary } },
      ]
    }
    case "call":
      return [
        ...pieces(it.given, 6).map((delta) => ({ type: "response.function_call_arguments.delta", delta })),
        { type: "response.function_call_arguments.done", arguments: it.given, name: it.name },
      ]
    case "message":
    case "refusal":
      return contentEvents(it)
  }
}

function contentEvents(it: Extract<Item, { kind: "message" | "refusal" }>): readonly Event[] {
  const at = { content_index: 0 }
  const isText = it.kind === "message"
  const kind = isText ? "output_text" : "refusal"
  const begun = isText ? textContent("", false) : { type: "refusal", refusal: "" }
  const logprobs = (text: string) => (isText ? { logprobs: it.logprobs ? logprobOf(text) : [] } : {})
  const done = isText
    ? { text: it.text, logprobs: it.logprobs ? pieces(it.text).flatMap(logprobOf) : [] }
    : { refusal: it.text }
  return [
    { type: "response.content_part.added", ...at, part: begun },
    ...pieces(it.text).map((delta) => ({ type: `response.${kind}.delta`, ...at, delta, ...logprobs(delta) })),
    { type: `response.${kind}.done`, ...at, ...done },
    { type: "response.content_part.done", ...at, part: doneContent(it) },
  ]
}

const usageOf = (usage: AnswerUsage) => ({
  input_tokens: usage.input,
  input_tokens_details: { cached_tokens: usage.cachedInput },
  output_tokens: usage.output,
  output_tokens_details: { reasoning_tokens: usage.reasoning },
  total_tokens: usage.input + usage.output,
})
