import type { Provider } from "../provider.ts"

/** Paths as in vercel/ai packages/togetherai and on the reference pages. */
export const together: Provider = {
  name: "together",
  title: "Together AI",
  home: "https://www.together.ai",
  reference: "https://docs.together.ai/reference/chat-completions",
  format: "openai-chat",
  url: "https://api.together.xyz/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    completions: "/completions",
    embeddings: "/embeddings",
    images: "/images/generations",
    speech: "/audio/speech",
    transcription: "/audio/transcriptions",
    rerank: "/rerank",
  },
  keyVariables: ["TOGETHER_API_KEY"],
  quirks: {
    reasoning: "reasoning",
    topK: true,
  },
  prices: "together",
}
