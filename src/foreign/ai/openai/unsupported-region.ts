import { foreignCause } from "../../cause.ts"

export const aiOpenaiUnsupportedRegion = foreignCause({
  code: "ai/openai/unsupported-region",
  emitter: "openai",
  title: "OpenAI does not serve the country or network the request comes from",
  why: "The API is offered in a list of countries, judged by the address that the request leaves from: that of the server, tunnel or cloud function, not of its user.",
  fix: [
    {
      by: "caller",
      does: "Let the request leave from a supported country (for a cloud function, set its region)",
      admits: "nobody else",
    },
    {
      by: "caller",
      does: "Turn the library's calls to OpenAI (tracing, telemetry) off, where another provider is configured",
      admits: "nobody else",
    },
  ],
  unwise: ["A tunnel that hides the country, against the provider's terms: the account can be closed for it"],
  ask: {
    question:
      "From which address does the request leave (`curl https://ifconfig.me` there), and in which country is it?",
    why: "A country off the list is the cause.",
  },
  sources: [
    "https://platform.openai.com/docs/supported-countries",
    "https://platform.openai.com/docs/guides/error-codes",
    "https://github.com/home-assistant/core/issues/120072",
    "https://github.com/aliasrobotics/cai/issues/246",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "OpenAI's code for it",
      all: [{ in: ["body", "log", "symptom"], text: /unsupported_country_region_territory/ }],
      none: [
        {
          in: ["body", "log"],
          text: /Provider returned error|provider_name|Error from provider|Upstream request failed/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "OpenAI's sentence for it",
      all: [{ in: ["body", "log", "symptom"], text: /Country, region, or territory not supported/i }],
      none: [
        {
          in: ["body", "log"],
          text: /Provider returned error|provider_name|unsupported_country|Error from provider|Upstream request failed/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "OpenAI's code for it, wrapped by a router",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /unsupported_country_region_territory|Country, region, or territory not supported/i,
        },
        {
          in: ["body", "log"],
          text: /Provider returned error|provider_name|Error from provider|Upstream request failed/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the place decides at OpenAI",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:vpn|regions?|countr(?:y|ies)|territory|geo\w*|location|vercel|hong kong|china|russia)\b/i,
        },
        { in: ["symptom", "body", "log", "request"], text: /openai|chatgpt|\bgpt/i },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "tracing calls leave for OpenAI whatever provider is configured",
      all: [{ in: ["symptom", "log"], text: /Tracing client error 403/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the report tells where the caller or its server stands",
      all: [
        {
          in: ["symptom"],
          text: /\bI(?:'m| am| live) in\b|\bfrom here\b|\b(?:in|from) my country\b|\bservers? (?:is |are |stands? |hosted |located )?in\b|\bhong ?kong|\bchina\b|\bchinese\b|\brussia|\biran\b|\bbelarus|\begypt\b|\bsyria|\bcuba\b|\bmacau\b|国家|地区|香港|服务器在|新加坡|代理|бло?кир|росси/i,
        },
        { in: ["symptom", "body", "log", "request"], text: /open ?ai|chatgpt|\bgpt/i },
      ],
      none: [
        { in: ["symptom", "body", "log"], text: /azure|model_not_found|does not have access to model|verified|quota/i },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "calls leave through a proxy, whose place counts",
      all: [
        { in: ["symptom"], text: /\bprox(?:y|ies)\b|\breverse\b|\bvpn\b|\bworker\b/i },
        { in: ["symptom", "body", "log", "request"], text: /open ?ai|chatgpt|\bgpt/i },
      ],
      none: [
        {
          in: ["symptom", "body", "log"],
          text: /azure|model_not_found|does not have access to model|verified|litellm|corporate|CONNECT|squid/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "OpenAI's words for a country it does not serve",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /OpenAI(?:'s|’s)? (?:services are|API is) not available in your country|from an unsupported country|You are unable to access (?:api\.|chat\.)?openai\.com/i,
        },
      ],
    },
  ],
})
