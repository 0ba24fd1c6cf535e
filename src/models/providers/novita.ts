import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/novita-ai; paths as in Portkey-AI/gateway src/providers/novita-ai. */
export const novita: Provider = {
  name: "novita",
  title: "Novita AI",
  home: "https://novita.ai",
  reference: "https://novita.ai/docs/api-reference/model-apis-llm-create-chat-completion",
  format: "openai-chat",
  url: "https://api.novita.ai/openai/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    completions: "/completions",
    embeddings: "/embeddings",
  },
  keyVariables: ["NOVITA_API_KEY"],
  quirks: {
    reasoning: "reasoning_content",
    topK: true,
  },
  prices: "novita",
}
