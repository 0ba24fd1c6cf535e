import type { AnswerPart, AnswerText, OpaquePart, ReasoningPart } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import type { Json, JsonObject } from "../json.ts"
import { writeAnnotation } from "./annotations.ts"
import { signed } from "./call.ts"
import { writeImage } from "./made-media.ts"
import { isChat } from "./own.ts"
import { isSealed, withThought, writeDetail } from "./reasoning-details.ts"

/**
 * The message of a choice. OpenAI's tells text, calls and thoughts apart but not the order they came in: texts are joined.
 * `legacy`: the caller told `functions`, so it looks for `function_call`.
 */
export function writeMessage(parts: readonly AnswerPart[], legacy: boolean, losses: Losses): JsonObject {
  const texts = parts.filter((it) => it.kind === "text")
  const refusals = parts.filter((it) => it.kind === "refusal")
  const calls = writeCalls(parts, losses)
  const annotations = writeAnnotations(texts, losses)
  const content = texts.map(({ text }) => text).join("")
  return {
    role: "assistant",
    content: content === "" && (calls.length > 0 || refusals.length > 0) ? null : content,
    refusal: refusals.length === 0 ? null : refusals.map(({ text }) => text).join(""),
    ...writeReasoning(parts, "reasoning_content"),
    ...signed(textSignature(texts, losses)),
    ...(annotations.length === 0 ? {} : { annotations }),
    ...writeMade(parts, losses),
    ...(calls.length === 0 ? {} : legacy ? { function_call: legacyCall(calls, losses) } : { tool_calls: calls }),
  }
}

function legacyCall(calls: readonly JsonObject[], losses: Losses): Json {
  if (calls.length > 1) losses.drop("calls after the first", "the caller asked with functions, of which one is called")
  return calls[0]?.function ?? null
}

const NO_THOUGHTS: readonly ReasoningPart[] = []

/** Thoughts as text under a name, and as details where there is more to them than text. */
export function writeReasoning(parts: readonly AnswerPart[], name: "reasoning" | "reasoning_content"): JsonObject {
  const thoughts = parts.filter((it) => it.kind === "reasoning").reduce(withThought, NO_THOUGHTS)
  const text = thoughts.map((it) => it.text).join("")
  return {
    ...(text === "" ? {} : { [name]: text }),
    ...(thoughts.some(isSealed) ? { reasoning_details: thoughts.map(writeDetail) } : {}),
  }
}

/** A message has one signature of its text, the last. */
export function textSignature(texts: readonly AnswerText[], losses: Losses): string | undefined {
  const signatures = texts.map(({ signature }) => signature).filter((it) => it !== undefined)
  if (signatures.length > 1) losses.drop("signatures of earlier texts", "OpenAI's messages have one text")
  return signatures.at(-1)
}

function writeAnnotations(texts: readonly AnswerText[], losses: Losses): readonly JsonObject[] {
  const written: JsonObject[] = []
  let offset = 0
  for (const { text, citations } of texts) {
    for (const it of citations ?? []) {
      const annotation = writeAnnotation(it, offset, text.length, losses)
      if (annotation !== undefined) written.push(annotation)
    }
    offset += text.length
  }
  return written
}

function writeMade(parts: readonly AnswerPart[], losses: Losses): JsonObject {
  const images: JsonObject[] = []
  let audio: JsonObject | undefined
  for (const part of parts) {
    if (part.kind !== "made") continue
    const { medium } = part
    if (medium.kind === "inline" && medium.type.startsWith("audio/") && audio === undefined) {
      audio = { id: part.id ?? "audio", data: medium.data, expires_at: 0, transcript: part.transcript ?? "" }
      continue
    }
    const image = writeImage(medium)
    if (isImage(part.medium) && image !== undefined) images.push(image)
    else losses.drop("made media", "OpenAI's messages hold one sound and images with an address")
  }
  return { ...(audio === undefined ? {} : { audio }), ...(images.length === 0 ? {} : { images }) }
}

/** An address alone does not tell; those that are made are images. */
export const isImage = (medium: { readonly type?: string }): boolean => medium.type?.startsWith("image/") ?? true

/** Of an assistant, in answers and earlier turns. */
export function writeCalls(parts: readonly AnswerPart[], losses: Losses): readonly JsonObject[] {
  const calls: JsonObject[] = []
  for (const part of parts) {
    if (part.kind === "opaque" && isOwn(part, losses)) calls.push(part.value)
    if (part.kind !== "tool-call") continue
    const { id, name, signature } = part
    calls.push({ id, type: "function", function: { name, arguments: part.arguments || "{}" }, ...signed(signature) })
  }
  return calls
}

export function isOwn({ format, what }: OpaquePart, losses: Losses): boolean {
  if (isChat(format)) return true
  losses.drop(what, `only ${format} knows it`)
  return false
}
