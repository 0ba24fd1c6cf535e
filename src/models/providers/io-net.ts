import type { Provider } from "../provider.ts"

/** Address as in Portkey-AI/gateway src/providers/iointelligence. */
export const ioNet: Provider = {
  name: "io-net",
  title: "io.net Intelligence",
  home: "https://io.net/intelligence",
  reference: "https://docs.io.net/reference/get-started-with-io-intelligence-api",
  format: "openai-chat",
  url: "https://api.intelligence.io.solutions/api/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    embeddings: "/embeddings",
  },
  keyVariables: ["IOINTELLIGENCE_API_KEY"],
}
