import { foreignCause } from "../cause.ts"

export const aiUpstreamProvider = foreignCause({
  code: "ai/upstream-provider",
  emitter: "openrouter",
  title: "The provider behind the router refused, and the router hands its refusal on",
  why: "Routers of models send the request to one of several providers. A 403 then is the provider's (moderation, terms, data policy, its own key), wrapped in the router's words; the router's key is right.",
  fix: [
    {
      by: "caller",
      does: "Read `error.metadata` (`provider_name`, `raw`, `reasons`): what the provider says there is the cause",
      admits: "nobody else",
    },
    {
      by: "caller",
      does: "Choose another provider or model (`provider.order`, `provider.ignore`), or change the input that was flagged",
      admits: "nobody else",
    },
    {
      by: "owner",
      does: "Allow the provider in the account's privacy settings, where its data policy is excluded",
      admits: "nobody else",
    },
  ],
  ask: {
    question: "What does `error.metadata.raw` say, and does the model pass with another provider?",
    why: "It is the provider's own answer.",
  },
  sources: [
    "https://openrouter.ai/docs/api/reference/errors-and-debugging",
    "eolinker/apinto drivers/ai-provider/openrouter/openrouter.go",
    "https://github.com/Davidvandijcke/coarse/pull/193",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the router's sentence for a provider's refusal",
      all: [{ in: ["body", "log", "symptom"], text: /Provider returned error/i }],
      none: [
        {
          in: ["body", "log", "symptom"],
          text: /unsupported_country|not supported for the API use|location is not supported|region[^\n]{0,20}not supported/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the router's sentence for a provider's refusal",
      all: [{ in: ["body", "log", "symptom"], text: /Provider returned error/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the router names the provider or what was flagged",
      all: [{ in: ["body", "log"], text: /"?(?:provider_name|flagged_input|model_slug)\\?"?/ }],
      none: [{ in: ["body", "log", "symptom"], text: /unsupported_country|location is not supported/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the router's words for a provider's terms",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /violation of provider Terms Of Service|requires moderation|input was flagged|No (?:allowed providers|endpoints found) (?:are available|matching your data policy)/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "a router of models",
      all: [{ in: ["request", "symptom", "log"], text: /openrouter(?:\.ai)?\b/i }],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "routers and resellers in general",
      all: [
        { in: ["symptom"], text: /\b(?:one-api|new-api|portkey|router|relay|upstream provider)\b/i },
        { in: ["symptom", "body", "log"], text: /\b(?:model|llm|gpt|claude|gemini|provider)\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a service that resells models refuses by rules of its own",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /免费|free (?:tier|api|plan|key)[^\n]{0,60}\b(?:model|limit|only|not)\b|\b(?:third[- ]party|reseller|relay|one-?api|new-?api|proxy) (?:api|provider|service|base ?url)\b|\banother base ?url\b/i,
        },
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /openai|anthropic|claude|gpt|gemini|model/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /unsupported_country|marketplace|bedrock|azure|Tracing/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "OpenRouter's words for a key whose limit is reached",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Key limit exceeded \(|openrouter\.ai\/settings\/keys/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a limit that the router keeps for the key",
      all: [{ in: ["body", "log", "symptom"], text: /\bkey limit exceeded\b/i }],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /github|youtube|maps\b|nginx/i }],
    },
  ],
})
