import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/openrouter; fields as on the reference page. */
export const openrouter: Provider = {
  name: "openrouter",
  title: "OpenRouter",
  home: "https://openrouter.ai",
  reference: "https://openrouter.ai/docs/api-reference/overview",
  format: "openai-chat",
  url: "https://openrouter.ai/api/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    responses: "/responses",
    completions: "/completions",
    embeddings: "/embeddings",
  },
  keyVariables: ["OPENROUTER_API_KEY"],
  quirks: {
    developerRole: true,
    reasoning: "reasoning",
    topK: true,
    cacheControl: true,
    reasoningDetails: true,
  },
  prices: "openrouter",
}
