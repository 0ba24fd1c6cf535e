/** The formats in which models are asked, each with a codec of its own. */
export const WIRE_FORMATS = [
  "openai-chat",
  "openai-responses",
  "anthropic",
  "gemini",
  "bedrock",
  "azure-openai",
  "cohere",
  "ollama",
] as const

export type WireFormat = (typeof WIRE_FORMATS)[number]
