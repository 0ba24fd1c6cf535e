import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/friendli. */
export const friendli: Provider = {
  name: "friendli",
  title: "FriendliAI",
  home: "https://friendli.ai",
  reference: "https://friendli.ai/docs/openapi/serverless/chat-completions",
  format: "openai-chat",
  url: "https://api.friendli.ai/serverless/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    completions: "/completions",
  },
  keyVariables: ["FRIENDLI_TOKEN"],
  quirks: {
    reasoning: "reasoning_content",
    topK: true,
  },
}
