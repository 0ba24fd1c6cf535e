import type { CallIds } from "../anthropic/call-ids.ts"
import type { ModelTraits } from "../anthropic/claude.ts"
import { inputOf, kindOf } from "../anthropic/write-answer-part.ts"
import type {
  AnswerPart,
  CacheMark,
  DocumentPart,
  OpaquePart,
  ReasoningPart,
  ToolCallPart,
  ToolResult,
  UserPart,
} from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import type { JsonObject } from "../json.ts"
import type { DocumentNames } from "./document-names.ts"
import { type Family, isMarkable } from "./family.ts"
import { writeMedium } from "./media.ts"

/** What the blocks of one request share. */
export interface Writing {
  readonly family: Family
  readonly traits: ModelTraits
  readonly ids: CallIds
  readonly names: DocumentNames
  readonly losses: Losses
}

/** A block that marks what is before it; none where the model has no cache. */
export function cachePoint(cache: CacheMark | undefined, { family, losses }: Writing): readonly JsonObject[] {
  if (cache === undefined) return []
  if (!isMarkable(family)) {
    losses.drop("cache mark", "Bedrock marks the prompts of Claude and Nova only")
    return []
  }
  const isHour = cache.hour && family === "claude"
  if (cache.hour && !isHour)
    losses.drop("cache mark of an hour", "only Claude's are kept so long; a shorter one was set")
  return [{ cachePoint: isHour ? { type: "default", ttl: "1h" } : { type: "default" } }]
}

/** Undefined for a blank text, which Bedrock refuses, and for what cannot be carried, which is told. */
export function writeUserPart(part: UserPart, writing: Writing): JsonObject | undefined {
  const { losses } = writing
  switch (part.kind) {
    case "text":
      return writeText(part.text, losses)
    case "image": {
      if (part.detail !== undefined) losses.drop("image detail", "Converse has no such option")
      const image = writeMedium("image", part.medium, losses)
      return image === undefined ? undefined : { image }
    }
    case "document":
      return writeDocument(part, writing)
    case "audio": {
      const audio = writeMedium("audio", part.medium, losses)
      return audio === undefined ? undefined : { audio }
    }
    case "video": {
      const video = writeMedium("video", part.medium, losses)
      return video === undefined ? undefined : { video }
    }
    case "opaque":
      return writeOpaque(part, losses)
  }
}

export function writeText(text: string, losses: Losses): JsonObject | undefined {
  if (text.trim() !== "") return { text }
  if (text !== "") losses.drop("a blank text", "Bedrock refuses texts of nothing but spaces")
  return undefined
}

function writeOpaque(part: OpaquePart, losses: Losses): JsonObject | undefined {
  if (part.format === "bedrock") return part.value
  losses.drop(part.what, `only ${part.format} knows it`)
  return undefined
}

function writeDocument(part: DocumentPart, { names, losses }: Writing): JsonObject | undefined {
  const { medium, name, context, cited } = part
  const written =
    medium.kind === "text"
      ? { format: "txt", source: { bytes: Buffer.from(medium.text).toString("base64") } }
      : writeMedium("document", medium, losses)
  if (written === undefined) return undefined
  const options = {
    ...(context === undefined ? {} : { context }),
    ...(cited === undefined ? {} : { citations: { enabled: cited } }),
  }
  return { document: { name: names.of(name), ...written, ...options } }
}

export function writeAnswerPart(part: AnswerPart, writing: Writing): JsonObject | undefined {
  const { losses } = writing
  switch (part.kind) {
    case "text": {
      if (part.signature !== undefined) dropSignature(losses)
      const own = part.citations?.flatMap(({ raw }) => (raw?.format === "bedrock" ? [raw.value] : [])) ?? []
      if (own.length < (part.citations?.length ?? 0)) losses.drop("citations", "Bedrock takes back only its own")
      if (own.length === 0) return writeText(part.text, losses)
      return { citationsContent: { content: [{ text: part.text }], citations: own } }
    }
    case "reasoning":
      return writeReasoning(part, losses)
    case "tool-call":
      return writeCall(part, writing)
    case "refusal":
      return writeText(part.text, losses)
    case "made":
      losses.drop(`${kindOf(part.medium.type)} of an earlier answer`, "Bedrock takes none back")
      return part.transcript === undefined ? undefined : writeText(part.transcript, losses)
    case "opaque":
      return writeOpaque(part, losses)
  }
}

const dropSignature = (losses: Losses): void =>
  losses.drop("signature of a part", "only the format that signed it takes it back")

function writeReasoning({ text, signature, redacted, format }: ReasoningPart, losses: Losses): JsonObject | undefined {
  if (format === "bedrock" && redacted !== undefined) return { reasoningContent: { redactedContent: redacted } }
  if (format === "bedrock" && signature !== undefined)
    return { reasoningContent: { reasoningText: { text, signature } } }
  const isForeign = format !== undefined && format !== "bedrock"
  const why = isForeign ? `${format} signed it` : "it has no signature, without which Bedrock refuses it"
  losses.drop("reasoning of earlier turns", why)
  return undefined
}

function writeCall(part: ToolCallPart, { ids, losses }: Writing): JsonObject {
  if (part.signature !== undefined) dropSignature(losses)
  const input = inputOf(part.arguments)
  if (input === undefined)
    losses.drop("arguments of a tool call", "they are no JSON object; they were put in one as a text")
  return { toolUse: { toolUseId: ids.of(part.id), name: part.name, input: input ?? { arguments: part.arguments } } }
}

/** With the mark that its parts have, since there is none inside. */
export function writeToolResult(result: ToolResult, writing: Writing): readonly JsonObject[] {
  const content = result.parts.map((it) => resultPart(it, writing)).filter((it) => it !== undefined)
  const isTold = isMarkable(writing.family)
  if (result.isError && !isTold) writing.losses.drop("is_error", "Bedrock tells it to Claude and Nova only")
  const status = result.isError && isTold ? { status: "error" } : {}
  const marked = result.cache ?? result.parts.find((it) => it.cache !== undefined)?.cache
  return [{ toolResult: { toolUseId: writing.ids.of(result.id), content, ...status } }, ...cachePoint(marked, writing)]
}

function resultPart(part: UserPart, writing: Writing): JsonObject | undefined {
  if (part.kind !== "audio") return writeUserPart(part, writing)
  writing.losses.drop("audio of a tool result", "Bedrock's tool results hold none")
  return undefined
}
