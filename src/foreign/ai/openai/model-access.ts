import { foreignCause } from "../../cause.ts"

export const aiOpenaiModelAccess = foreignCause({
  code: "ai/openai/model-access",
  emitter: "openai",
  title: "The OpenAI project of this key may not use the model",
  why: "Keys belong to a project, and each project has a list of models it may use; some models also need a verified organisation. The answer is 403 with the code `model_not_found`.",
  fix: [
    {
      by: "owner",
      does: "Allow this one model in the project's limits, or have the organisation verified where the model asks for it",
      admits: "all keys of that project",
    },
    {
      by: "caller",
      does: "Name a model the project has (`GET /v1/models` lists them), or use a key of a project that has it",
      admits: "nobody else",
    },
  ],
  ask: {
    question: "Does `GET /v1/models` with this key list the model?",
    why: "Absent means that the project does not have it.",
  },
  sources: [
    "https://platform.openai.com/docs/guides/error-codes",
    "https://github.com/continuedev/continue/issues/10120",
    "https://github.com/cursor/cursor/issues/2953",
    "https://github.com/Aider-AI/aider/issues/1903",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "OpenAI's sentence for a project without the model",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Project\s{1,3}[^\n]{1,80}does(?: not|n't)\s{0,3}have access to model/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "OpenAI's sentence for an organisation that is not verified",
      all: [{ in: ["body", "log", "symptom"], text: /Your organization must be verified to (?:use|stream|generate)/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "OpenAI's code for it",
      all: [{ in: ["body", "log", "symptom"], text: /\bmodel_not_found\b/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "access to a model of OpenAI",
      all: [
        { in: ["symptom"], text: /\b(?:openai|gpt-?\d\w*|o[134](?:-mini)?)\b/i },
        { in: ["symptom", "log"], text: /\b(?:access|model|project|organi[sz]ation|tier|verified)\b/i },
      ],
      none: [
        {
          in: ["symptom", "body", "log"],
          text: /azure|region|country|hong ?kong|china|russia|from here|all networks|tracing|bedrock|virtual network|unsupported_country/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "OpenAI's API",
      all: [{ in: ["request", "log"], text: /api\.openai\.com/i }],
      none: [{ in: ["body", "log"], text: /unsupported_country|Tracing/ }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "OpenAI's API refuses, and nothing more is told",
      all: [{ in: ["symptom", "request", "log"], text: /\bopenai\b|api\.openai\.com|\bgpt-\d|\bchatgpt\b/i }],
      none: [
        {
          in: ["symptom", "body", "log"],
          text: /country|region|territory|hong ?kong|china|russia|国家|地区|香港|服务器在|代理|virtual network|all networks|azure|deepseek|claude|gemini|openrouter|tracing/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "OpenAI's words for a key, project or organisation without the right",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /You have insufficient permissions for this operation\. Missing scopes|Missing scopes: (?:api\.)?model|platform\.openai\.com\/settings\/organization\/general|You are not allowed to (?:sample from this model|generate logprobs|fine-?tune)/i,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /azure/i }],
    },
  ],
})
