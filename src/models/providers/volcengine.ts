import type { Provider } from "../provider.ts"

/** Address as in BerriAI/litellm litellm/litellm_core_utils/get_llm_provider_logic.py. */
export const volcengine: Provider = {
  name: "volcengine",
  title: "Volcengine Ark (Doubao)",
  home: "https://www.volcengine.com/product/ark",
  reference: "https://www.volcengine.com/docs/82379/1494384",
  format: "openai-chat",
  url: "https://ark.cn-beijing.volces.com/api/v3",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    responses: "/responses",
    embeddings: "/embeddings",
    images: "/images/generations",
  },
  keyVariables: ["ARK_API_KEY", "VOLCENGINE_API_KEY"],
  quirks: {
    reasoning: "reasoning_content",
  },
}
