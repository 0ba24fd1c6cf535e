import type { Provider } from "../provider.ts"

/**
 * Paths as in the official SDK (openai 6.49.0, resources/). Its reasoning models refuse `max_tokens`:
 * https://platform.openai.com/docs/guides/reasoning
 */
export const openai: Provider = {
  name: "openai",
  title: "OpenAI",
  home: "https://openai.com",
  reference: "https://platform.openai.com/docs/api-reference",
  format: "openai-chat",
  url: "https://api.openai.com/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    responses: "/responses",
    completions: "/completions",
    embeddings: "/embeddings",
    images: "/images/generations",
    speech: "/audio/speech",
    transcription: "/audio/transcriptions",
    moderations: "/moderations",
    countTokens: "/responses/input_tokens",
  },
  keyVariables: ["OPENAI_API_KEY"],
  quirks: {
    maxTokens: "max_completion_tokens",
    developerRole: true,
  },
  prices: "openai",
}
