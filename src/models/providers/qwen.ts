import type { Provider } from "../provider.ts"

/** Address as in vercel/ai packages/alibaba. In China: `url: https://dashscope.aliyuncs.com/compatible-mode/v1`. */
export const qwen: Provider = {
  name: "qwen",
  title: "Alibaba Cloud Model Studio (Qwen)",
  home: "https://www.alibabacloud.com/product/modelstudio",
  reference: "https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope",
  format: "openai-chat",
  url: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    responses: "/responses",
    embeddings: "/embeddings",
  },
  keyVariables: ["DASHSCOPE_API_KEY"],
  quirks: {
    reasoning: "reasoning_content",
    topK: true,
  },
}
