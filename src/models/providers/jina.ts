import type { Provider } from "../provider.ts"

/** Address as in Portkey-AI/gateway src/providers/jina; rerank as on the reference page. */
export const jina: Provider = {
  name: "jina",
  title: "Jina AI",
  home: "https://jina.ai",
  reference: "https://api.jina.ai/redoc",
  format: "openai-chat",
  url: "https://api.jina.ai/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    embeddings: "/embeddings",
    rerank: "/rerank",
  },
  keyVariables: ["JINA_API_KEY"],
}
