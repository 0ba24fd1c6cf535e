import type { Provider } from "../provider.ts"

/** Paths as in Portkey-AI/gateway src/providers/fireworks-ai. */
export const fireworks: Provider = {
  name: "fireworks",
  title: "Fireworks AI",
  home: "https://fireworks.ai",
  reference: "https://docs.fireworks.ai/api-reference/post-chatcompletions",
  format: "openai-chat",
  url: "https://api.fireworks.ai/inference/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    responses: "/responses",
    completions: "/completions",
    embeddings: "/embeddings",
    rerank: "/rerank",
  },
  keyVariables: ["FIREWORKS_API_KEY"],
  quirks: {
    reasoning: "reasoning_content",
    topK: true,
  },
  prices: "fireworks",
}
