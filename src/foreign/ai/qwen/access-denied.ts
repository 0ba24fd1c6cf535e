import { foreignCause } from "../../cause.ts"

export const aiQwenAccessDenied = foreignCause({
  code: "ai/qwen/access-denied",
  emitter: "qwen",
  title: "Alibaba's Model Studio does not let this key or workspace use the model",
  why: "Models must be opened for the account, workspaces have lists of their own, and plans and regions differ in what they offer. A key of one is refused at the other with a code that begins with AccessDenied.",
  fix: [
    {
      by: "owner",
      does: "Open or buy exactly this model in the Model Studio console, and authorise the workspace for it",
      admits: "keys of that workspace",
    },
    {
      by: "caller",
      does: "Use the endpoint of the key's region and plan, and the model's exact name there",
      admits: "nobody else",
    },
  ],
  ask: {
    question:
      "Which code does the answer name (`Model.AccessDenied`, `Workspace.AccessDenied`, `AccessDenied.Unpurchased`), and are key and endpoint of the same region?",
    why: "The code says what is missing; another region looks the same.",
  },
  sources: [
    "https://help.aliyun.com/en/model-studio/error-code",
    "eolinker/apinto drivers/ai-provider/tongyi/tongyi.go",
    "https://github.com/harry0703/MoneyPrinterTurbo/issues/279",
    "https://github.com/QwenLM/qwen-code/issues/9605",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "Model Studio's codes for it",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\b(?:AccessDenied\.Unpurchased|(?:Model|Workspace|App)\.AccessDenied)\b/,
        },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "Model Studio's sentence for it",
      all: [{ in: ["body", "log", "symptom"], text: /Access to model denied\. ?Please make sure you are eligible/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Model Studio's sentences for other refusals",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /(?:Model|Workspace) access denied|current user api does not support (?:a?synchronous|http) calls/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Model Studio's API",
      all: [
        {
          in: ["request", "symptom", "log", "config"],
          text: /dashscope(?:-intl)?\.aliyuncs\.com|\bdashscope\b|maas\.aliyuncs\.com|\bbailian\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Model Studio's general code",
      all: [
        { in: ["body", "log", "symptom"], text: /\bAccessDenied\b|access_denied/ },
        { in: ["symptom", "body", "log", "request"], text: /\b(?:qwen|dashscope|aliyun|alibaba|tongyi)\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a model of Qwen",
      all: [{ in: ["symptom"], text: /\b(?:qwen\w*|tongyi|modelscope|alibaba)\b/i }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "the provider's words where the free tier is used up",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /AllocationQuota\.FreeTierOnly|free tier of the model has been exhausted|use free tier only|Arrearage|免费额度[^\n]{0,20}(?:用尽|耗尽|用完)/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "case",
      says: "a router's limit for the key",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bkey limit exceeded\b|openrouter/i },
      ],
    },
  ],
})
