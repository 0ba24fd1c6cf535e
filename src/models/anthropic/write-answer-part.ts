import type { AnswerPart, AnswerText, ReasoningPart, ToolCallPart } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import { type JsonObject, objectOf, parseObject } from "../json.ts"
import { writeCache } from "./cache-mark.ts"
import type { CallIds } from "./call-ids.ts"
import { ownCitation } from "./citations.ts"
import { writeOpaque } from "./write-user-block.ts"

/** A part of an earlier answer, as a request holds it. Undefined where it cannot be carried, which is told. */
export function writeAnswerPart(part: AnswerPart, ids: CallIds, losses: Losses): JsonObject | undefined {
  switch (part.kind) {
    case "text":
      return writeText(part, losses)
    case "reasoning":
      return writeReasoning(part, losses)
    case "tool-call":
      return writeCall(part, ids, losses)
    case "refusal":
      return part.text === "" ? undefined : { type: "text", text: part.text }
    case "made":
      losses.drop(`${kindOf(part.medium.type)} of an earlier answer`, "Anthropic takes none back")
      return part.transcript === undefined ? undefined : { type: "text", text: part.transcript }
    case "opaque":
      return writeOpaque(part, losses)
  }
}

/** `image` of `image/png`. */
export const kindOf = (type: string | undefined): string => type?.split("/", 1)[0] ?? "medium"

function writeText({ text, citations = [], cache, signature }: AnswerText, losses: Losses): JsonObject | undefined {
  if (signature !== undefined) losses.drop("signature of a text", "only the format that signed it takes it back")
  const own = citations.map(ownCitation).filter((it) => it !== undefined)
  if (own.length < citations.length) losses.drop("citations", "Anthropic takes back only its own")
  if (text === "") return undefined
  return { type: "text", text, ...(own.length === 0 ? {} : { citations: own }), ...writeCache(cache) }
}

function writeReasoning(part: ReasoningPart, losses: Losses): JsonObject | undefined {
  const { text, signature, redacted, format } = part
  if (format !== "anthropic") {
    const why = format === undefined ? "it has no signature, without which Anthropic refuses it" : `${format} signed it`
    losses.drop("reasoning of earlier turns", why)
    return undefined
  }
  if (redacted !== undefined) return { type: "redacted_thinking", data: redacted }
  return { type: "thinking", thinking: text, signature: signature ?? "" }
}

function writeCall(part: ToolCallPart, ids: CallIds, losses: Losses): JsonObject {
  if (part.signature !== undefined)
    losses.drop("signature of a tool call", "only the format that signed it takes it back")
  const input = inputOf(part.arguments)
  if (input === undefined)
    losses.drop("arguments of a tool call", "they are no JSON object; they were put in one as a text")
  return {
    type: "tool_use",
    id: ids.of(part.id),
    name: part.name,
    input: input ?? { arguments: part.arguments },
    ...writeCache(part.cache),
  }
}

/** Undefined where it is no JSON object, as Anthropic asks for. */
export const inputOf = (text: string): JsonObject | undefined => (text === "" ? {} : objectOf(parseObject(text)))
