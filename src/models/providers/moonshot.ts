import type { Provider } from "../provider.ts"

/**
 * Address as in vercel/ai packages/moonshotai; text in lists, `required` and reasoning sent back as in
 * BerriAI/litellm litellm/llms/moonshot.
 */
export const moonshot: Provider = {
  name: "moonshot",
  title: "Moonshot AI (Kimi)",
  home: "https://www.moonshot.ai",
  reference: "https://platform.moonshot.ai/docs/api/chat",
  format: "openai-chat",
  url: "https://api.moonshot.ai/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
  },
  keyVariables: ["MOONSHOT_API_KEY"],
  quirks: {
    toolRequired: "none",
    reasoning: "reasoning_content",
    reasoningEchoed: true,
    content: "string",
  },
  prices: "moonshotai",
}
