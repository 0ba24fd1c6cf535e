import type { Provider } from "../provider.ts"

/** Address as on the reference page. */
export const minimax: Provider = {
  name: "minimax",
  title: "MiniMax",
  home: "https://www.minimax.io",
  reference: "https://platform.minimax.io/docs/api-reference/text-openai-api",
  format: "openai-chat",
  url: "https://api.minimax.io/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
  },
  keyVariables: ["MINIMAX_API_KEY"],
  prices: "minimax",
}
