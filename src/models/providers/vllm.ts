import type { Provider } from "../provider.ts"

/**
 * Paths as on the reference page. Sampling fields beyond OpenAI's are taken in the body itself:
 * https://docs.vllm.ai/en/stable/serving/openai_compatible_server.html
 */
export const vllm: Provider = {
  name: "vllm",
  title: "vLLM",
  home: "https://vllm.ai",
  reference: "https://docs.vllm.ai/en/stable/serving/online_serving.html",
  format: "openai-chat",
  url: "http://127.0.0.1:8000/v1",
  auth: [{ kind: "none" }, { kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    responses: "/responses",
    completions: "/completions",
    embeddings: "/embeddings",
    transcription: "/audio/transcriptions",
    rerank: "/rerank",
  },
  keyVariables: [],
  quirks: {
    reasoning: "reasoning",
    topK: true,
  },
}
