import type { Provider } from "../provider.ts"

/** Address and paths as in Portkey-AI/gateway src/providers/upstage. */
export const upstage: Provider = {
  name: "upstage",
  title: "Upstage",
  home: "https://www.upstage.ai",
  reference: "https://console.upstage.ai/api/chat",
  format: "openai-chat",
  url: "https://api.upstage.ai/v1/solar",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    embeddings: "/embeddings",
  },
  keyVariables: ["UPSTAGE_API_KEY"],
}
