import { foreignCause } from "../../cause.ts"

export const aiGeminiServiceDisabled = foreignCause({
  code: "ai/gemini/service-disabled",
  emitter: "gemini",
  title: "The API is not enabled in the project that makes the call",
  why: "Each Google Cloud project has its own list of enabled APIs. A call in the name of a project without this API is refused; often the project is another than one thinks.",
  fix: [
    {
      by: "owner",
      does: "Enable exactly this API in the project the message names, and wait some minutes",
      admits: "accounts and keys of the project that have the rights for it",
    },
    { by: "caller", does: "Use a key or quota project of the project in which it is enabled", admits: "nobody else" },
  ],
  ask: {
    question: "Which project does the message name, and is it the one in which the API was enabled?",
    why: "Another project is the usual surprise.",
  },
  sources: [
    "googleapis/googleapis google/api/error_reason.proto",
    "https://cloud.google.com/service-usage/docs/enable-disable",
    "https://github.com/google-gemini/deprecated-generative-ai-python/issues/10",
    "https://github.com/google-gemini/gemini-cli/issues/1343",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "Google's reason for an API that is off",
      all: [{ in: ["body", "log", "symptom"], text: /\bSERVICE_DISABLED\b|accessNotConfigured/ }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "Google's sentence for an API that is off",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /API (?:\([^)\n]{1,30}\) )?has not been used in project [^\n]{0,80}before or it is disabled|console\.(?:developers|cloud)\.google\.com\/apis\/api\/[\w.-]{1,80}\/overview/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an API that has to be enabled at Google",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:enabl\w*|activat\w*|disabled)\b[^\n]{0,40}\bAPI\b|\bAPI\b[^\n]{0,40}\b(?:enabl\w*|activat\w*|disabled)\b/i,
        },
        { in: ["symptom", "body", "log", "request"], text: /gemini|google|vertex/i },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "Google's model API refuses, and nothing more is told",
      all: [
        {
          in: ["symptom", "request", "log"],
          text: /\bgemini\b|generativelanguage\.googleapis|\bvertex ?ai\b|aiplatform\.googleapis/i,
        },
      ],
      none: [
        {
          in: ["symptom", "body", "log"],
          text: /licen[cs]e|terms of service|CONSUMER_INVALID|scope|API_KEY_SERVICE_BLOCKED/i,
        },
      ],
    },
  ],
})
