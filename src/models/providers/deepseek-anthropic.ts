import type { Provider } from "../provider.ts"

/** Address as on the reference page, with the version the SDK puts behind it. */
export const deepseekAnthropic: Provider = {
  name: "deepseek-anthropic",
  title: "DeepSeek, Anthropic-compatible",
  home: "https://www.deepseek.com",
  reference: "https://api-docs.deepseek.com/guides/anthropic_api",
  format: "anthropic",
  url: "https://api.deepseek.com/anthropic/v1",
  auth: [{ kind: "header", name: "x-api-key" }, { kind: "bearer" }],
  headers: [["anthropic-version", "2023-06-01"]],
  paths: {
    chat: "/messages",
  },
  keyVariables: ["DEEPSEEK_API_KEY"],
  prices: "deepseek",
}
