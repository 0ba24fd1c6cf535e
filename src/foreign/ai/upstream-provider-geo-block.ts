import { foreignCause } from "../cause.ts"

export const aiUpstreamProviderGeoBlock = foreignCause({
  code: "ai/upstream-provider-geo-block",
  emitter: "openrouter",
  title: "The provider behind the router does not serve the place the router calls from",
  why: "A router sends the request on from its own network, and the provider judges by that (or by the user's country, which the router passes on). The refusal by country comes wrapped in the router's words.",
  fix: [
    {
      by: "caller",
      does: "Choose another provider of the model (`provider.order`), or another model",
      admits: "nobody else",
    },
    { by: "operator", does: "Let your own router leave from a supported region", admits: "nobody else" },
  ],
  unwise: ["A tunnel that hides the country, against the provider's terms: the account can be closed for it"],
  ask: {
    question: "Does the answer name a provider (`provider_name`) beside the refusal by country?",
    why: "Then the provider's rule applies to where the router calls from.",
  },
  sources: [
    "https://github.com/OpenRouterTeam/openrouter-examples/issues/18",
    "https://github.com/OpenRouterTeam/ai-sdk-provider/issues/187",
    "https://openrouter.ai/docs/api/reference/errors-and-debugging",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "a provider's refusal by country, in a router's words",
      all: [
        {
          in: ["body", "log"],
          text: /Provider returned error|provider_name|Error from provider|Upstream request failed/i,
        },
        {
          in: ["body", "log"],
          text: /unsupported_country_region_territory|(?:Country, region, or territory|location is|region is) not supported|not available in your (?:region|country)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the provider refuses by country through a router",
      all: [
        { in: ["symptom"], text: /\b(?:openrouter|router|gateway|relay|proxy|through|via)\b/i },
        {
          in: ["symptom", "body", "log"],
          text: /unsupported_country_region_territory|(?:Country, region, or territory|location is|region is) not supported|not available in your (?:region|country)/i,
        },
      ],
      none: [{ in: ["symptom", "log"], text: /Tracing client/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a router and a block by place",
      all: [
        { in: ["symptom"], text: /\b(?:openrouter|router)\b/i },
        { in: ["symptom"], text: /\b(?:geo-?block\w*|regions?|countr(?:y|ies)|location|vpn)\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a provider's sentence for a place it does not serve",
      all: [{ in: ["body", "log", "symptom"], text: /User location is not supported for the API use/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a router's words for a model that is not offered here",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /model is not available in your (?:region|country)|not available in your region/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /gemini code assist|unsupported_country/i,
        },
      ],
    },
  ],
})
