import type { Provider } from "../provider.ts"

/** Paths as in docs/api.md of ollama/ollama. Meta's Llama and others, on one's own machine. */
export const ollama: Provider = {
  name: "ollama",
  title: "Ollama",
  home: "https://ollama.com",
  reference: "https://docs.ollama.com/api",
  format: "ollama",
  url: "http://127.0.0.1:11434",
  auth: [{ kind: "none" }, { kind: "bearer" }],
  paths: {
    chat: "/api/chat",
    embeddings: "/api/embed",
    models: "/api/tags",
  },
  keyVariables: [],
}
