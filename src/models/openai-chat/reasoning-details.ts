import type { ReasoningPart } from "../form/content.ts"
import { type Json, type JsonObject, listOf, numberOf, objectOf, textOf } from "../json.ts"
import { WIRE_FORMATS, type WireFormat } from "../wire-format.ts"

/** How OpenRouter names who signed or encrypted thoughts; other formats have their own names there. */
const NAMES: readonly (readonly [WireFormat, string])[] = [
  ["anthropic", "anthropic-claude-v1"],
  ["openai-responses", "openai-responses-v1"],
  ["gemini", "google-gemini-v1"],
]

function readFormat(name: string): WireFormat {
  return NAMES.find(([, it]) => it === name)?.[0] ?? WIRE_FORMATS.find((it) => it === name) ?? "openai-chat"
}

const writeFormat = (format: WireFormat): string => NAMES.find(([it]) => it === format)?.[1] ?? format

/**
 * One of `reasoning_details` (OpenRouter, "Preserving reasoning blocks"): `reasoning.text` with its signature,
 * `reasoning.summary`, or `reasoning.encrypted`. Undefined for what holds nothing.
 */
export function readDetail(value: Json): ReasoningPart | undefined {
  const told = objectOf(value)
  if (told === undefined) return undefined
  const signature = textOf(told.signature)
  const redacted = textOf(told.data)
  const format = textOf(told.format)
  const id = textOf(told.id)
  const text = textOf(told.text) ?? textOf(told.summary) ?? ""
  if (text === "" && signature === undefined && redacted === undefined) return undefined
  const isSealed = signature !== undefined || redacted !== undefined
  return {
    kind: "reasoning",
    text,
    ...(signature === undefined ? {} : { signature }),
    ...(redacted === undefined ? {} : { redacted }),
    ...(isSealed || (format !== undefined && format !== "unknown") ? { format: readFormat(format ?? "") } : {}),
    ...(id === undefined ? {} : { id }),
  }
}

export const writeDetail = ({ text, signature, redacted, format, id }: ReasoningPart, index: number): JsonObject => ({
  type: redacted === undefined ? "reasoning.text" : "reasoning.encrypted",
  ...(redacted === undefined ? { text } : { data: redacted, ...(text === "" ? {} : { summary: text }) }),
  ...(signature === undefined ? {} : { signature }),
  ...(id === undefined ? {} : { id }),
  ...(format === undefined ? {} : { format: writeFormat(format) }),
  index,
})

/** Whether the text alone is not all there is to bring back. */
export const isSealed = ({ signature, redacted, format, id }: Omit<ReasoningPart, "kind" | "text">): boolean =>
  signature !== undefined || redacted !== undefined || format !== undefined || id !== undefined

/** Thoughts in which neighbours without more than text are one, as a stream's deltas make them. */
export function withThought(thoughts: readonly ReasoningPart[], next: ReasoningPart): readonly ReasoningPart[] {
  const last = thoughts.at(-1)
  if (last === undefined || isSealed(last) || isSealed(next)) return [...thoughts, next]
  return [...thoughts.slice(0, -1), { ...last, text: last.text + next.text }]
}

/** Thoughts of a message: its details, or where there are none the plain text, under one of the names it has. */
export function readReasoning(message: JsonObject): readonly ReasoningPart[] {
  const parts: ReasoningPart[] = []
  let lastIndex: number | undefined
  for (const value of listOf(message.reasoning_details)) {
    const part = readDetail(value)
    if (part === undefined) continue
    const index = numberOf(objectOf(value)?.index)
    const last = parts.at(-1)
    // Clients may keep the deltas of a stream as they came: the text in pieces, then the signature.
    if (last !== undefined && index !== undefined && index === lastIndex && isOpen(last) && part.redacted === undefined)
      parts[parts.length - 1] = { ...last, ...part, text: last.text + part.text }
    // Clients that join what repeats what came before it may hold a part twice.
    else if (!parts.some((it) => isSame(it, part))) parts.push(part)
    lastIndex = index
  }
  if (parts.length > 0) return parts
  const text = textOf(message.reasoning_content) ?? textOf(message.reasoning) ?? ""
  return text === "" ? [] : [{ kind: "reasoning", text }]
}

const isOpen = ({ signature, redacted }: ReasoningPart): boolean => signature === undefined && redacted === undefined

const isSame = (one: ReasoningPart, other: ReasoningPart): boolean =>
  isSealed(one) && one.signature === other.signature && one.redacted === other.redacted && one.text === other.text
