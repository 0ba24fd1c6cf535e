import type { Provider } from "../provider.ts"

/**
 * Address as in Portkey-AI/gateway src/providers/z-ai. `tool_choice` is only `auto` and `response_format` has no
 * schemas: see the reference.
 */
export const zai: Provider = {
  name: "zai",
  title: "Z.ai",
  home: "https://z.ai",
  reference: "https://docs.z.ai/api-reference/llm/chat-completion",
  format: "openai-chat",
  url: "https://api.z.ai/api/paas/v4",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    images: "/images/generations",
  },
  keyVariables: ["ZAI_API_KEY", "ZHIPU_API_KEY"],
  quirks: {
    structuredOutput: "json-object",
    reasoning: "reasoning_content",
    toolRequired: "none",
  },
  prices: "zai",
}
