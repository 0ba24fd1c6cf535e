/** What a chat completion's body says, in so far as the gateway needs it. */
export interface ChatRequest {
  readonly json: Readonly<Record<string, unknown>>
  /** Null when none is named, or it is no text. */
  readonly model: string | null
}

const decoder = new TextDecoder("utf-8", { fatal: true })

/** Undefined when the bytes are not a JSON object in UTF-8 (RFC 8259 §8.1). */
export function readChatRequest(bytes: Uint8Array): ChatRequest | undefined {
  const json = parse(bytes)
  if (json === undefined) return undefined
  const { model } = json
  return { json, model: typeof model === "string" && model !== "" ? model : null }
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

/** The same request for the model by its provider's name. All other members go on as they came. */
export const forModel = (json: Readonly<Record<string, unknown>>, model: string): Uint8Array =>
  Buffer.from(JSON.stringify({ ...json, model }))
