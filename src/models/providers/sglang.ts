import type { Provider } from "../provider.ts"

/** Paths as on the reference page. */
export const sglang: Provider = {
  name: "sglang",
  title: "SGLang",
  home: "https://sglang.ai",
  reference: "https://docs.sglang.ai/basic_usage/openai_api.html",
  format: "openai-chat",
  url: "http://127.0.0.1:30000/v1",
  auth: [{ kind: "none" }, { kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    completions: "/completions",
    embeddings: "/embeddings",
  },
  keyVariables: [],
  quirks: {
    reasoning: "reasoning_content",
    topK: true,
  },
}
