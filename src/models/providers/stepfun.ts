import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/stepfun. */
export const stepfun: Provider = {
  name: "stepfun",
  title: "StepFun",
  home: "https://www.stepfun.com",
  reference: "https://platform.stepfun.com/docs/zh/api-reference/chat/chat-completion-create",
  format: "openai-chat",
  url: "https://api.stepfun.com/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    speech: "/audio/speech",
    transcription: "/audio/transcriptions",
    images: "/images/generations",
  },
  keyVariables: ["STEPFUN_API_KEY"],
  quirks: {
    reasoning: "reasoning",
  },
}
