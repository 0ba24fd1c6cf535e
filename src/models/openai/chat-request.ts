import { nestsDeeper, withMember } from "./json-text.ts"

/** What a chat completion's body says, in so far as the gateway needs it. */
export interface ChatRequest {
  /** A JSON object in UTF-8. */
  readonly bytes: Buffer
  /** Null when none is named, or it is no text. */
  readonly model: string | null
}

/** What a body is that is no such request. */
export type Unreadable = "not a JSON object" | "nested too deep"

/** No request nests so deep, and 16 MiB of nothing but brackets would take a second and a gigabyte to read. */
const MOST_LEVELS = 512

const decoder = new TextDecoder("utf-8", { fatal: true })

/** Reads a JSON object in UTF-8 (RFC 8259 §8.1). */
export function readChatRequest(bytes: Buffer): ChatRequest | Unreadable {
  if (nestsDeeper(bytes, MOST_LEVELS)) return "nested too deep"
  const json = parse(bytes)
  if (json === undefined) return "not a JSON object"
  const { model } = json
  return { bytes, model: typeof model === "string" && model !== "" ? model : null }
}

function parse(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes))
    return isObject(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The same request for the model by its provider's name. All else goes on as it came. */
export const forModel = ({ bytes }: ChatRequest, model: string): Uint8Array =>
  withMember(bytes, "model", JSON.stringify(model))
