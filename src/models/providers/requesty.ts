import type { Provider } from "../provider.ts"

/** Another gateway; address as in anomalyco/models.dev providers/requesty. */
export const requesty: Provider = {
  name: "requesty",
  title: "Requesty",
  home: "https://www.requesty.ai",
  reference: "https://docs.requesty.ai/api-reference/endpoint/chat-completions-create",
  format: "openai-chat",
  url: "https://router.requesty.ai/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    embeddings: "/embeddings",
  },
  keyVariables: ["REQUESTY_API_KEY"],
  quirks: {
    reasoning: "reasoning_content",
  },
}
