import { z } from "zod"
import { type Asked, type AskedMessage, type AskedPart, mediaPart } from "./asked.fixture.ts"
import { embedding } from "./embedding.fixture.ts"
import { pieces } from "./pieces.fixture.ts"
import type { Answer, AnswerPart } from "./script.fixture.ts"
import { bodyOf, json, providerKey, Refused, stream, type Wire, type Wording } from "./wire.fixture.ts"

/**
 * Ollama: `/api/chat` (lines of JSON), `/api/embed`, `/api/tags`. Takes any request without a key, as a local one does,
 * none with a wrong one. Calls come whole and without ids; there are no signatures, cached tokens or refusals (the text
 * of a refusal is said). Unknown fields are ignored. Source: Ollama's docs/api.md and api/types.go.
 */
const message = z.looseObject({
  role: z.enum(["system", "user", "assistant", "tool"], "invalid role"),
  content: z.string().default(""),
  thinking: z.string().optional(),
  images: z.array(z.base64()).nullish(),
  tool_calls: z
    .array(z.looseObject({ function: z.looseObject({ name: z.string(), arguments: z.looseObject({}) }) }))
    .nullish(),
  tool_name: z.string().optional(),
  tool_call_id: z.string().optional(),
})
const tool = z.looseObject({
  type: z.literal("function"),
  function: z.looseObject({
    name: z.string(),
    description: z.string().optional(),
    parameters: z.looseObject({ type: z.union([z.literal("object"), z.array(z.string())]).optional() }).optional(),
  }),
})
const chatRequest = z.looseObject({
  model: z.string().min(1, "model is required"),
  messages: z.array(message).default([]),
  stream: z.boolean().nullish(),
  format: z.union([z.literal("json"), z.literal(""), z.looseObject({})]).nullish(),
  tools: z.array(tool).nullish(),
  think: z.union([z.boolean(), z.enum(["low", "medium", "high"])]).nullish(),
  options: z.looseObject({ num_predict: z.number().optional(), stop: z.array(z.string()).optional() }).nullish(),
})
const embedRequest = z.looseObject({
  model: z.string().min(1, "model is required"),
  input: z.union([z.string(), z.array(z.string())]),
  dimensions: z.number().int().min(1).optional(),
})

export const ollama: Wire = {
  answer: (heard, turn) => {
    const { headers, path, method } = heard
    if ((headers.get("authorization") ?? `Bearer ${providerKey}`) !== `Bearer ${providerKey}`) {
      throw new Refused({ status: 401, message: "unauthorized" })
    }
    if (path === "/api/tags" && method === "GET") {
      return json(200, {}, { models: [{ name: "scripted:latest", model: "scripted:latest", size: 1, digest: "0" }] })
    }
    if (method !== "POST") throw new Refused({ status: 405, message: "405 method not allowed" })
    if (path === "/api/embed") {
      const { model, input, dimensions } = bodyOf(heard, embedRequest, wording, unparsed)
      turn.meet(model)
      const embeddings = [input].flat().map((it) => embedding(it, dimensions))
      return json(200, {}, { model, embeddings, total_duration: 1000, load_duration: 100, prompt_eval_count: 4 })
    }
    if (path !== "/api/chat") throw new Refused({ status: 404, message: "404 page not found" })
    const asked = chatAsked(bodyOf(heard, chatRequest, wording, unparsed))
    const answer = turn.decide(asked)
    if (!asked.isStreamed) return json(200, {}, { ...headOf(asked), message: wholeOf(answer), ...endOf(answer) })
    const deltas = [...saidIn(answer)].flatMap(deltasOf)
    const lines = deltas.map((it) => ({
      ...headOf(asked),
      message: { role: "assistant", content: "", ...it },
      done: false,
    }))
    const last = { ...headOf(asked), message: { role: "assistant", content: "" }, ...endOf(answer) }
    return stream("application/x-ndjson", {}, [...lines, last].map(line))
  },
  refuse: ({ status, message, headers }) => json(status, headers ?? {}, { error: message }),
  midstream: Buffer.from(`{"error":"an error was encountered while running the model: unexpected EOF"}\n`),
}

const line = (data: unknown): Uint8Array => Buffer.from(`${JSON.stringify(data)}\n`)

function chatAsked(request: z.infer<typeof chatRequest>): Asked {
  const { num_predict: maxTokens, stop } = request.options ?? {}
  const format = request.format === "json" ? true : request.format
  return {
    model: request.model,
    isStreamed: request.stream ?? true,
    system: request.messages.flatMap((it) => (it.role === "system" ? [it.content] : [])),
    messages: request.messages.flatMap((it) => messageAsked(it)),
    tools: (request.tools ?? []).map((it) => it.function),
    toolChoice: "auto",
    ...(format && { schema: format }),
    isReasoningAsked: (request.think ?? false) !== false,
    ...(maxTokens !== undefined && maxTokens > 0 && { maxTokens }),
    stops: stop ?? [],
    choices: 1,
    areLogprobsAsked: false,
    hasCacheMark: false,
  }
}

function messageAsked(it: z.infer<typeof message>): readonly AskedMessage[] {
  const { role } = it
  if (role === "system") return []
  if (role === "tool") {
    const name = it.tool_name
    return [
      { role, parts: [{ kind: "tool-result", id: it.tool_call_id ?? "", ...(name && { name }), text: it.content }] },
    ]
  }
  const thought: AskedPart[] = it.thinking ? [{ kind: "reasoning", text: it.thinking }] : []
  const said: AskedPart[] = it.content === "" ? [] : [{ kind: "text", text: it.content }]
  const images = (it.images ?? []).map((data) => mediaPart(mimeOf(data), data))
  const calls = (it.tool_calls ?? []).map((call): AskedPart => ({ kind: "tool-call", id: "", ...call.function }))
  return [{ role, parts: [...thought, ...said, ...images, ...calls] }]
}

/** By the first bytes, as the runner itself does. */
function mimeOf(base64: string): string {
  if (base64.startsWith("iVBOR")) return "image/png"
  if (base64.startsWith("/9j/")) return "image/jpeg"
  if (base64.startsWith("R0lG")) return "image/gif"
  if (base64.startsWith("UklG")) return "image/webp"
  throw new Refused({ status: 400, message: "Failed to load image or audio file" })
}

const headOf = ({ model }: Asked) => ({ model, created_at: "2026-01-01T00:00:00.000000Z" })

const saidIn = ({ parts, stop }: Answer): readonly AnswerPart[] =>
  stop.kind === "refusal" ? [...parts, { kind: "text", text: stop.text }] : parts

const endOf = ({ usage, stop }: Answer) => ({
  done: true,
  done_reason: stop.kind === "length" ? "length" : "stop",
  total_duration: 1_000_000,
  load_duration: 1000,
  prompt_eval_count: usage.input,
  prompt_eval_duration: 1000,
  eval_count: usage.output,
  eval_duration: 1000,
})

function deltasOf(part: AnswerPart): readonly object[] {
  switch (part.kind) {
    case "text":
      return pieces(part.text).map((content) => ({ content }))
    case "reasoning":
      return pieces(part.text).map((thinking) => ({ thinking }))
    case "tool-call":
      return [{ tool_calls: [callOf(part)] }]
  }
}

const callOf = (part: Extract<AnswerPart, { kind: "tool-call" }>) => ({
  function: { name: part.name, arguments: part.arguments },
})

function wholeOf(answer: Answer) {
  const parts = saidIn(answer)
  const thinking = parts.flatMap((it) => (it.kind === "reasoning" ? [it.text] : [])).join("")
  const calls = parts.flatMap((it) => (it.kind === "tool-call" ? [callOf(it)] : []))
  return {
    role: "assistant",
    content: parts.flatMap((it) => (it.kind === "text" ? [it.text] : [])).join(""),
    ...(thinking !== "" && { thinking }),
    ...(calls.length > 0 && { tool_calls: calls }),
  }
}

const wording: Wording = (place, issue) =>
  place.length === 1 && issue.includes("required") ? issue : `json: cannot unmarshal ${place.join(".")}: ${issue}`

const unparsed = "%s"
