import type { Provider } from "../provider.ts"

/**
 * Paths as in Portkey-AI/gateway src/providers/groq; what it refuses: https://console.groq.com/docs/openai.
 * Reasoning as in vercel/ai packages/groq.
 */
export const groq: Provider = {
  name: "groq",
  title: "Groq",
  home: "https://groq.com",
  reference: "https://console.groq.com/docs/api-reference",
  format: "openai-chat",
  url: "https://api.groq.com/openai/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    responses: "/responses",
    speech: "/audio/speech",
    transcription: "/audio/transcriptions",
  },
  keyVariables: ["GROQ_API_KEY"],
  quirks: {
    maxTokens: "max_completion_tokens",
    refuses: ["logit_bias", "logprobs", "n", "name", "top_logprobs"],
    reasoning: "reasoning",
  },
  prices: "groq",
}
