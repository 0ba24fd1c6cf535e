import type { Provider } from "../provider.ts"

/** Paths as on the reference page. */
export const localai: Provider = {
  name: "localai",
  title: "LocalAI",
  home: "https://localai.io",
  reference: "https://localai.io/features/",
  format: "openai-chat",
  url: "http://127.0.0.1:8080/v1",
  auth: [{ kind: "none" }, { kind: "bearer" }],
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
  keyVariables: [],
}
