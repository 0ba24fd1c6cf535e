import { foreignCause } from "../../cause.ts"

export const aiAnthropicEdge = foreignCause({
  code: "ai/anthropic/edge",
  emitter: "anthropic",
  title: "Anthropic's edge refuses the place or network the request comes from",
  why: "Before the key is looked at, the edge turns away requests from countries the service is not offered in, and from some networks and data centres. The answer has no request id and the type `forbidden`.",
  fix: [
    { by: "caller", does: "Send the request from a network in a supported country", admits: "nobody else" },
    {
      by: "caller",
      does: "Check what a proxy in between changes: `HTTPS_PROXY`, and fields such as Origin that a browser adds",
      admits: "nobody else",
    },
  ],
  unwise: ["A tunnel that hides the country, against the provider's terms: the account can be closed for it"],
  ask: {
    question: "Does the same request with the same key pass from another network or country?",
    why: "If it does, the place decides, and not the key.",
  },
  sources: [
    "https://www.anthropic.com/supported-countries",
    "https://github.com/enricoros/big-AGI/issues/485",
    "https://github.com/corbt/agent.exe/issues/15",
    "https://github.com/anthropics/claude-code/issues/1613",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "the edge's type and sentence; the API itself says `permission_error`",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /"?'?type'?\\?"?: ?\\?"?'?forbidden\\?"?'?,?\s{0,20}\\?"?'?message\\?"?'?: ?\\?"?'?Request not allowed|forbidden: Request not allowed/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the edge's sentence",
      all: [
        { in: ["body", "log", "symptom"], text: /Request not allowed/i },
        { in: ["symptom", "body", "log", "headers", "request"], text: /anthropic|claude/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the place or a tunnel decides",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:vpn|region|country|countries|outside (?:of )?(?:the )?us\w?|location|ip address|hong kong|china|russia)\b/i,
        },
        { in: ["symptom", "body", "log", "request"], text: /anthropic|claude/i },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "Anthropic's API",
      all: [{ in: ["request", "symptom", "log"], text: /api\.anthropic\.com|\banthropic\b|\bclaude\b/i }],
      none: [{ in: ["symptom", "body", "log"], text: /bedrock|vertex|openrouter|gemini/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a country the service is not offered in, or a tunnel out of it, in Chinese",
      all: [
        { in: ["symptom"], text: /中国|大陆|国内|香港|代理|梯子|节点|翻墙|地区|Росси|Иран|Беларус/ },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /anthropic|claude/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the log-in of Anthropic's tool is refused",
      all: [
        { in: ["symptom"], text: /\bclaude\b/i },
        { in: ["symptom", "log", "body"], text: /\bOAuth\b|\blog-?in\b|登录|\/login/i },
        { in: ["body", "log", "symptom"], text: /\b403\b/ },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /permission_error|bedrock|vertex|organization|scope|jenkins|django/i,
        },
      ],
    },
  ],
})
