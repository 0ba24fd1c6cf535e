import type { Dialect } from "../codec.ts"
import type { Wanted } from "../endpoints.ts"
import { translationFor } from "../operations/translation-for.ts"
import type { Paths } from "../provider.ts"
import type { WireFormat } from "../wire-format.ts"
import type { Target } from "./target.ts"

/** How a call is told to a target: as it came, or in the target's own format. */
export type TellingWay =
  | { readonly kind: "pass"; readonly path: string; readonly format: WireFormat }
  | { readonly kind: "translate"; readonly path: string; readonly format: WireFormat }

/** How a call reaches a target; `count`: it is not asked, as tokens are counted by the gateway in its stead. */
export type Way = TellingWay | { readonly kind: "count" }

/** What is asked, as far as the way depends on it. */
export interface Course {
  readonly dialect: Dialect
  readonly operation: Wanted["operation"]
  readonly stream: boolean
  /** Gemini's streams are server-sent events only where they are asked for as such, else one JSON array. */
  readonly framing: "sse" | "json-array"
  /** It has to be told anew even in its own format, as something of it may be changed on the way. */
  readonly anew: boolean
}

/** Formats in which a dialect's own bytes are understood. */
const OWN: { readonly [D in Dialect]: readonly WireFormat[] } = {
  "openai-chat": ["openai-chat", "azure-openai"],
  "openai-completions": [],
  "openai-responses": ["openai-responses"],
  anthropic: ["anthropic"],
  gemini: ["gemini"],
}

/** Whether a format is the dialect's own. */
export const isOwn = (dialect: Dialect, format: WireFormat): boolean => OWN[dialect].includes(format)

/** What is a chat in a dialect, and can be told to any format. */
const CHATS: ReadonlySet<Wanted["operation"]> = new Set(["chat", "responses", "completions"])

export const isChat = (operation: Wanted["operation"]): boolean => CHATS.has(operation)

/** Undefined where the target's provider does not offer it. */
export function wayTo(target: Target, course: Course): Way | undefined {
  const { format, paths } = target
  const { dialect, operation } = course
  if (isChat(operation)) return chatWay(format, paths, course)
  if (operation === "") return undefined
  const path = paths[operation === "batchEmbeddings" ? "embeddings" : operation]
  if (operation === "countTokens" && !(path !== undefined && OWN[dialect].includes(format)))
    return paths.chat === undefined ? undefined : { kind: "count" }
  if (path === undefined) return undefined
  if (translationFor(dialect, operation, target) !== undefined) return { kind: "translate", path, format }
  return isOf(dialect, format) ? { kind: "pass", path, format } : undefined
}

function chatWay(
  format: WireFormat,
  paths: Paths,
  { dialect, operation, stream, framing, anew }: Course,
): TellingWay | undefined {
  // Providers that speak OpenAI's format may speak its other two as well, which then need no translation.
  if (dialect === "openai-responses" && paths.responses !== undefined)
    return { kind: anew ? "translate" : "pass", path: paths.responses, format: "openai-responses" }
  if (dialect === "openai-completions" && paths.completions !== undefined && !anew)
    return { kind: "pass", path: paths.completions, format: "openai-chat" }
  const path = (stream ? paths.chatStream : undefined) ?? paths.chat
  if (path === undefined) return undefined
  return !anew && operation === "chat" && OWN[dialect].includes(format) && !(stream && framing === "json-array")
    ? { kind: "pass", path, format }
    : { kind: "translate", path, format }
}

/** Whether what is no chat is spoken alike on both sides; other operations of OpenAI-like providers are OpenAI's. */
const isOf = (dialect: Dialect, format: WireFormat): boolean =>
  OWN[dialect].includes(format) || (dialect === "openai-chat" && format === "openai-responses")

/** Of an address without a model in it, `model` is not used. Slashes in a model's name stay: `accounts/x/models/y`. */
export const pathFor = (path: string, model: string): string =>
  path.includes("{model}") ? path.replace("{model}", encodeURIComponent(model).replaceAll("%2F", "/")) : path
