import type { Provider } from "../provider.ts"

/**
 * Address as in Portkey-AI/gateway src/providers/zhipu. `tool_choice` is only `auto` and `response_format` has no
 * schemas: see the reference.
 */
export const zhipu: Provider = {
  name: "zhipu",
  title: "Zhipu AI (BigModel)",
  home: "https://open.bigmodel.cn",
  reference: "https://docs.bigmodel.cn/api-reference",
  format: "openai-chat",
  url: "https://open.bigmodel.cn/api/paas/v4",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    embeddings: "/embeddings",
    images: "/images/generations",
    rerank: "/rerank",
  },
  keyVariables: ["ZHIPU_API_KEY", "ZHIPUAI_API_KEY"],
  quirks: {
    structuredOutput: "json-object",
    reasoning: "reasoning_content",
    toolRequired: "none",
  },
  prices: "zhipuai",
}
