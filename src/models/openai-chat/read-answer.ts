import type { ChatAnswer, Choice } from "../form/answer.ts"
import type { AnswerPart, AnswerText, Citation } from "../form/content.ts"
import { FormFault } from "../form/fault.ts"
import { isList, isObject, type Json, type JsonObject, listOf, numberOf, objectOf, textOf } from "../json.ts"
import type { WireFormat } from "../wire-format.ts"
import { readAnnotation, readSources } from "./annotations.ts"
import { markIn } from "./cache-mark.ts"
import { argumentsOf, customCall, signatureOf } from "./call.ts"
import { readLogprobs } from "./logprobs.ts"
import { digestOf, madeCallId } from "./made-id.ts"
import { readAudio, readImage } from "./made-media.ts"
import { readReasoning } from "./reasoning-details.ts"
import { readStop } from "./stops.ts"
import { readUsage } from "./usage.ts"

/** Members of an answer or chunk that the form holds, or that mean nothing after it (`obfuscation` is padding). */
const KNOWN: ReadonlySet<string> = new Set([
  "id",
  "object",
  "created",
  "model",
  "choices",
  "usage",
  "service_tier",
  "obfuscation",
  "x_groq",
  "error",
])

/** What only OpenAI's chat knows of an answer; undefined for nothing. */
export function extrasOf(body: JsonObject): JsonObject | undefined {
  let found: Record<string, Json> | undefined
  for (const name in body) {
    const value = body[name]
    if (KNOWN.has(name) || value === null || value === undefined) continue
    found ??= {}
    found[name] = value
  }
  return found
}

/** The id, the same for a stream and its whole where none was told. */
export function answerId(id: Json | undefined, created: number, model: string): string {
  const told = textOf(id) ?? ""
  return told === "" ? `chatcmpl-${digestOf(`${created} ${model}`, 24)}` : told
}

/** `ChatCompletion` (openai-node, resources/chat/completions). @throws FormFault */
export function readAnswer(body: JsonObject, format: WireFormat): ChatAnswer {
  if (!isList(body.choices)) throw new FormFault("choices", "an array")
  const model = textOf(body.model) ?? ""
  const created = numberOf(body.created) ?? 0
  const id = answerId(body.id, created, model)
  const usage = readUsage(body.usage) ?? readUsage(objectOf(body.x_groq)?.usage)
  const serviceTier = textOf(body.service_tier)
  const members = extrasOf(body)
  const sources = readSources(body)
  return {
    id,
    model,
    created,
    choices: body.choices.map((it, index) => readChoice(it, index, id, sources)),
    ...(usage === undefined ? {} : { usage }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
    ...(members === undefined ? {} : { extras: { format, members } }),
  }
}

function readChoice(value: Json, index: number, answer: string, sources: readonly Citation[]): Choice {
  const path = `choices[${index}]`
  if (!isObject(value)) throw new FormFault(path, "an object")
  const message = objectOf(value.message)
  if (message === undefined) throw new FormFault(`${path}.message`, "an object")
  const parts = readParts(message, (call) => madeCallId(answer, index, call), sources)
  const hasCalls = parts.some(isCall)
  const { stop, detail } = readStop(
    value,
    hasCalls,
    parts.some(({ kind }) => kind === "refusal"),
  )
  const logprobs = readLogprobs(value.logprobs)
  return {
    parts,
    stop,
    ...(detail === undefined ? {} : { stopDetail: detail }),
    ...(logprobs === undefined ? {} : { logprobs }),
  }
}

/** Whether it is a call, custom ones included, which are the only opaque parts of this format. */
const isCall = ({ kind }: AnswerPart): boolean => kind === "tool-call" || kind === "opaque"

/** A message of an assistant, in answers and in requests: thoughts, content, refusal, what was made, calls. */
export function readParts(
  message: JsonObject,
  madeId: (call: number) => string,
  sources: readonly Citation[] = [],
): readonly AnswerPart[] {
  const parts: AnswerPart[] = [...readReasoning(message), ...readContent(message, sources)]
  const refusal = textOf(message.refusal) ?? ""
  if (refusal !== "") parts.push({ kind: "refusal", text: refusal })
  const audio = objectOf(message.audio)
  if (audio !== undefined) parts.push(readAudio(audio))
  for (const it of listOf(message.images)) {
    const image = readImage(it)
    if (image !== undefined) parts.push(image)
  }
  let calls = 0
  for (const it of listOf(message.tool_calls)) {
    const call = objectOf(it)
    if (call !== undefined) parts.push(readCall(call, madeId(calls++)))
  }
  const legacy = objectOf(message.function_call)
  if (legacy !== undefined && calls === 0) parts.push(readCall({ function: legacy }, madeId(0)))
  return parts
}

function readContent(message: JsonObject, sources: readonly Citation[]): readonly AnswerPart[] {
  const told = listOf(message.annotations)
    .map(readAnnotation)
    .filter((it) => it !== undefined)
  const citations = told.length > 0 ? told : sources
  const { content } = message
  const parts = isList(content) ? content.flatMap(readChunk) : textPart(textOf(content) ?? "")
  const signature = signatureOf(message)
  const last = parts.findLastIndex(({ kind }) => kind === "text")
  if (last >= 0)
    return parts.map((it, at) => (at === last && it.kind === "text" ? dressed(it, citations, signature) : it))
  if (told.length === 0 && signature === undefined) return parts
  return [...parts, dressed({ kind: "text", text: "" }, citations, signature)]
}

const textPart = (text: string, told: JsonObject = {}): readonly AnswerText[] =>
  text === "" ? [] : [{ kind: "text", text, ...markIn(told) }]

const dressed = (part: AnswerText, citations: readonly Citation[], signature: string | undefined): AnswerText => ({
  ...part,
  ...(citations.length === 0 ? {} : { citations }),
  ...(signature === undefined ? {} : { signature }),
})

/** A chunk of Mistral's content (`TextChunk`, `ThinkChunk`), or one of the parts OpenAI lets an assistant say. */
export function readChunk(value: Json): readonly AnswerPart[] {
  const told = objectOf(value)
  switch (told?.type) {
    case "text":
      return textPart(textOf(told.text) ?? "", told)
    case "thinking": {
      const text = thoughtsOf(told.thinking)
      return text === "" ? [] : [{ kind: "reasoning", text }]
    }
    case "refusal":
      return [{ kind: "refusal", text: textOf(told.refusal) ?? "" }]
    default:
      return []
  }
}

const thoughtsOf = (value: Json | undefined): string =>
  textOf(value) ??
  listOf(value)
    .map((it) => textOf(objectOf(it)?.text) ?? "")
    .join("")

function readCall(call: JsonObject, madeId: string): AnswerPart {
  const id = textOf(call.id) || madeId
  const custom = objectOf(call.custom)
  if (custom !== undefined) return customCall(id, textOf(custom.name) ?? "", textOf(custom.input) ?? "")
  const told = objectOf(call.function)
  const signature = signatureOf(call)
  return {
    kind: "tool-call",
    id,
    name: textOf(told?.name) ?? "",
    arguments: argumentsOf(told?.arguments),
    ...(signature === undefined ? {} : { signature }),
    ...markIn(call),
  }
}
