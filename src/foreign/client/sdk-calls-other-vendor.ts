import { foreignCause } from "../cause.ts"

export const clientSdkCallsOtherVendor = foreignCause({
  code: "client/sdk-calls-other-vendor",
  emitter: "client",
  title: "The library talks to another provider than the one configured",
  why: "Libraries made for one provider send traces, telemetry or default calls to their maker, whatever address the models were moved to. The key of one provider means nothing to the other.",
  fix: [
    {
      by: "caller",
      does: "Turn that traffic off (for the OpenAI Agents library `OPENAI_AGENTS_DISABLE_TRACING=1`), or set its address and key",
      admits: "nobody else",
    },
  ],
  ask: {
    question: "Which host does the refused request go to, and is it the provider you configured?",
    why: "Two different hosts prove it.",
  },
  sources: [
    "https://github.com/aliasrobotics/cai/issues/246",
    "https://github.com/openai/openai-agents-python/issues/49",
    "https://openai.github.io/openai-agents-python/tracing/",
  ],
  clues: [
    {
      weight: "strong",
      basis: "case",
      says: "the refused call is the library's own tracing",
      all: [{ in: ["body", "log", "symptom"], text: /Tracing client error 40[13]|\/v1\/traces\/ingest/ }],
      none: [{ in: ["body", "log", "symptom", "headers"], text: "unsupported_country_region_territory" }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the refused call is the library's own tracing",
      all: [{ in: ["body", "log", "symptom"], text: /Tracing client error 40[13]|\/v1\/traces\/ingest/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the refusal comes from OpenAI while another provider is in use",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:deepseek|ollama|gemini|claude|anthropic|qwen|mistral|groq|openrouter|vllm|local (?:model|llm))\b/i,
        },
        { in: ["symptom", "body", "log", "request"], text: /api\.openai\.com|\bopenai\b/i },
      ],
      none: [{ in: ["body", "log"], text: /unsupported_country_region_territory|Provider returned error/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the report says that the wrong provider is asked",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:still (?:calls?|calling|sees?|uses?|goes to|sends?|hits?)|instead of)\b[^\n]{0,60}\b(?:openai|anthropic|google|azure)\b/i,
        },
      ],
    },
  ],
})
