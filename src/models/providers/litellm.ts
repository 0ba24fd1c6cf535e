import type { Provider } from "../provider.ts"

/** Another gateway; paths as on the reference page. */
export const litellm: Provider = {
  name: "litellm",
  title: "LiteLLM proxy",
  home: "https://www.litellm.ai",
  reference: "https://docs.litellm.ai/docs/proxy/user_keys",
  format: "openai-chat",
  url: "http://127.0.0.1:4000/v1",
  auth: [{ kind: "none" }, { kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    responses: "/responses",
    completions: "/completions",
    embeddings: "/embeddings",
    images: "/images/generations",
    speech: "/audio/speech",
    transcription: "/audio/transcriptions",
    rerank: "/rerank",
    moderations: "/moderations",
  },
  keyVariables: [],
  quirks: {
    developerRole: true,
    reasoning: "reasoning_content",
    cacheControl: true,
  },
}
