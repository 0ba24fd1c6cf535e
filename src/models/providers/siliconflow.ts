import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/siliconflow. In China: `url: https://api.siliconflow.cn/v1`. */
export const siliconflow: Provider = {
  name: "siliconflow",
  title: "SiliconFlow",
  home: "https://www.siliconflow.com",
  reference: "https://docs.siliconflow.com/en/api-reference/chat-completions/chat-completions",
  format: "openai-chat",
  url: "https://api.siliconflow.com/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    embeddings: "/embeddings",
    images: "/images/generations",
    speech: "/audio/speech",
    transcription: "/audio/transcriptions",
    rerank: "/rerank",
  },
  keyVariables: ["SILICONFLOW_API_KEY"],
  quirks: {
    reasoning: "reasoning_content",
    topK: true,
  },
}
