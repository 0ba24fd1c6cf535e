import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/scaleway. */
export const scaleway: Provider = {
  name: "scaleway",
  title: "Scaleway Generative APIs",
  home: "https://www.scaleway.com",
  reference: "https://www.scaleway.com/en/developers/api/generative-apis/",
  format: "openai-chat",
  url: "https://api.scaleway.ai/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    responses: "/responses",
    embeddings: "/embeddings",
    transcription: "/audio/transcriptions",
    rerank: "/rerank",
  },
  keyVariables: ["SCW_SECRET_KEY", "SCALEWAY_API_KEY"],
  quirks: {
    reasoning: "reasoning_content",
  },
}
