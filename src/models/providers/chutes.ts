import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/chutes. */
export const chutes: Provider = {
  name: "chutes",
  title: "Chutes",
  home: "https://chutes.ai",
  reference: "https://chutes.ai/docs",
  format: "openai-chat",
  url: "https://llm.chutes.ai/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    completions: "/completions",
  },
  keyVariables: ["CHUTES_API_KEY"],
  quirks: {
    reasoning: "reasoning_content",
    topK: true,
  },
}
