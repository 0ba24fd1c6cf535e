import type { Provider } from "../provider.ts"

/**
 * Address as in vercel/ai packages/deepseek; text in lists as in BerriAI/litellm litellm/llms/deepseek. JSON
 * without a schema: https://api-docs.deepseek.com/guides/json_mode; reasoning sent back with tool calls:
 * https://api-docs.deepseek.com/guides/thinking_mode
 */
export const deepseek: Provider = {
  name: "deepseek",
  title: "DeepSeek",
  home: "https://www.deepseek.com",
  reference: "https://api-docs.deepseek.com/api/create-chat-completion",
  format: "openai-chat",
  url: "https://api.deepseek.com",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    completions: "/beta/completions",
  },
  keyVariables: ["DEEPSEEK_API_KEY"],
  quirks: {
    structuredOutput: "json-object",
    reasoning: "reasoning_content",
    reasoningEchoed: true,
    content: "string",
  },
  prices: "deepseek",
}
