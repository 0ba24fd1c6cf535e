import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/inception. */
export const inception: Provider = {
  name: "inception",
  title: "Inception",
  home: "https://www.inceptionlabs.ai",
  reference: "https://docs.inceptionlabs.ai",
  format: "openai-chat",
  url: "https://api.inceptionlabs.ai/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
  },
  keyVariables: ["INCEPTION_API_KEY"],
}
