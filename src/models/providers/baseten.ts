import type { Provider } from "../provider.ts"

/** Address as in vercel/ai packages/baseten. */
export const baseten: Provider = {
  name: "baseten",
  title: "Baseten",
  home: "https://www.baseten.co",
  reference: "https://docs.baseten.co/reference/inference-api/chat-completions",
  format: "openai-chat",
  url: "https://inference.baseten.co/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
  },
  keyVariables: ["BASETEN_API_KEY"],
  quirks: {
    reasoning: "reasoning_content",
    topK: true,
  },
  prices: "baseten",
}
