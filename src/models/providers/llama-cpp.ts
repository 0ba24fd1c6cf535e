import type { Provider } from "../provider.ts"

/** Paths as in its README. */
export const llamaCpp: Provider = {
  name: "llama-cpp",
  title: "llama.cpp server",
  home: "https://github.com/ggml-org/llama.cpp",
  reference: "https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md",
  format: "openai-chat",
  url: "http://127.0.0.1:8080/v1",
  auth: [{ kind: "none" }, { kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    completions: "/completions",
    embeddings: "/embeddings",
    rerank: "/rerank",
  },
  keyVariables: [],
  quirks: {
    reasoning: "reasoning_content",
    topK: true,
  },
}
