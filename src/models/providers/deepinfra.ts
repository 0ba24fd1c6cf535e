import type { Provider } from "../provider.ts"

/** Address as in vercel/ai packages/deepinfra; paths as on the reference page. */
export const deepinfra: Provider = {
  name: "deepinfra",
  title: "DeepInfra",
  home: "https://deepinfra.com",
  reference: "https://deepinfra.com/docs/openai_api",
  format: "openai-chat",
  url: "https://api.deepinfra.com/v1/openai",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    completions: "/completions",
    embeddings: "/embeddings",
    images: "/images/generations",
    speech: "/audio/speech",
    transcription: "/audio/transcriptions",
  },
  keyVariables: ["DEEPINFRA_API_KEY"],
  quirks: {
    reasoning: "reasoning_content",
    topK: true,
  },
}
