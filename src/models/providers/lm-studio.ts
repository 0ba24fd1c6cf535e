import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/lmstudio. */
export const lmStudio: Provider = {
  name: "lm-studio",
  title: "LM Studio",
  home: "https://lmstudio.ai",
  reference: "https://lmstudio.ai/docs/developer/openai-compat",
  format: "openai-chat",
  url: "http://127.0.0.1:1234/v1",
  auth: [{ kind: "none" }, { kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    responses: "/responses",
    completions: "/completions",
    embeddings: "/embeddings",
  },
  keyVariables: [],
  quirks: {
    reasoning: "reasoning_content",
    topK: true,
  },
}
