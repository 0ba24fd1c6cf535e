import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/llama. */
export const metaLlama: Provider = {
  name: "meta-llama",
  title: "Meta Llama API",
  home: "https://llama.developer.meta.com",
  reference: "https://llama.developer.meta.com/docs/features/compatibility",
  format: "openai-chat",
  url: "https://api.llama.com/compat/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
  },
  keyVariables: ["LLAMA_API_KEY"],
  quirks: {
    topK: true,
  },
}
