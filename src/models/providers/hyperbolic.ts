import type { Provider } from "../provider.ts"

/** Address as in Portkey-AI/gateway src/providers/hyperbolic. */
export const hyperbolic: Provider = {
  name: "hyperbolic",
  title: "Hyperbolic",
  home: "https://hyperbolic.ai",
  reference: "https://docs.hyperbolic.xyz/reference/create_chat_completion_v1_chat_completions_post",
  format: "openai-chat",
  url: "https://api.hyperbolic.xyz/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
  },
  keyVariables: ["HYPERBOLIC_API_KEY"],
  quirks: {
    topK: true,
  },
}
