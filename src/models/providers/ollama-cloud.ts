import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/ollama-cloud. */
export const ollamaCloud: Provider = {
  name: "ollama-cloud",
  title: "Ollama Cloud",
  home: "https://ollama.com/cloud",
  reference: "https://docs.ollama.com/cloud",
  format: "ollama",
  url: "https://ollama.com",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/api/chat",
    embeddings: "/api/embed",
    models: "/api/tags",
  },
  keyVariables: ["OLLAMA_API_KEY"],
}
