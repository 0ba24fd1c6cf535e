import type { Provider } from "../provider.ts"

/**
 * Address as in BerriAI/litellm litellm/litellm_core_utils/get_llm_provider_logic.py; JSON as on the reference
 * page.
 */
export const ai21: Provider = {
  name: "ai21",
  title: "AI21 Labs",
  home: "https://www.ai21.com",
  reference: "https://docs.ai21.com/reference/jamba-1-6-api-ref",
  format: "openai-chat",
  url: "https://api.ai21.com/studio/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
  },
  keyVariables: ["AI21_API_KEY"],
  quirks: {
    structuredOutput: "json-object",
  },
}
