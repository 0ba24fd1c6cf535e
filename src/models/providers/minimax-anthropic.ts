import type { Provider } from "../provider.ts"

/** Address as in vercel/ai packages/minimax. */
export const minimaxAnthropic: Provider = {
  name: "minimax-anthropic",
  title: "MiniMax, Anthropic-compatible",
  home: "https://www.minimax.io",
  reference: "https://platform.minimax.io/docs/api-reference/text-anthropic-api",
  format: "anthropic",
  url: "https://api.minimax.io/anthropic/v1",
  auth: [{ kind: "header", name: "x-api-key" }, { kind: "bearer" }],
  headers: [["anthropic-version", "2023-06-01"]],
  paths: {
    chat: "/messages",
  },
  keyVariables: ["MINIMAX_API_KEY"],
  prices: "minimax",
}
