import { foreignCause } from "../../cause.ts"

export const edgeCloudflareWafBlock = foreignCause({
  code: "edge/cloudflare/waf-block",
  emitter: "cloudflare",
  title: "Cloudflare's firewall blocked the request",
  why: "A managed rule saw an attack in the request, or the owner's settings block its network. The page is titled `Attention Required!` and shows a Ray ID. Code, SQL and HTML in a body are what it often mistakes.",
  fix: [
    {
      by: "operator",
      does: "Find the Ray ID under Security events, and skip the one managed rule for that path and field",
      admits: "everyone, past that rule on that path",
    },
    { by: "caller", does: "Give the Ray ID to the owner of the site, and tell what was sent", admits: "nobody else" },
  ],
  unwise: ["Turning the managed rules off, or allowing the address past all rules"],
  ask: {
    question: "Which rule do the security events show for the Ray ID, and does the request pass with an empty body?",
    why: "A rule on content lets the same request through without it.",
  },
  sources: [
    "https://developers.cloudflare.com/rules/custom-errors/reference/error-page-types/",
    "https://developers.cloudflare.com/waf/managed-rules/",
    "https://github.com/Kilo-Org/kilocode/issues/162",
    "https://github.com/EnableSecurity/wafw00f/blob/master/wafw00f/plugins/cloudflare.py",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "Cloudflare's page says that the request was blocked",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Sorry, you have been blocked|blocked_why_headline|blocked_why_detail|Why have I been blocked\?|You are unable to access<\/span>/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the title is that of Cloudflare's page for blocked requests",
      all: [{ in: ["body", "log", "symptom"], text: /Attention Required! ?(?:\||&#124;) ?Cloudflare/i }],
      none: [
        {
          in: ["body", "log"],
          text: /complete the security check|captcha_kind|One more step|cf[_-]chl|challenge-form/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "it is told that Cloudflare blocks",
      all: [
        {
          in: ["symptom", "log"],
          text: /(?:cloudflare|\bCF\b)[^\n]{0,60}\b(?:block(?:s|ed|ing)?|waf|forbid|403)|\b(?:block(?:ed)?|403)\b[^\n]{0,30}\bcloudflare/i,
        },
      ],
      none: [
        {
          in: ["body", "log", "symptom", "headers"],
          text: /1020|1010|challenge|captcha|Just a moment|turnstile|100[6-9]|\baccess policy|user[- ]agent/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "Cloudflare's page for blocked requests is spoken of",
      all: [
        {
          in: ["symptom", "log"],
          text: /cloudflare[^\n]{0,40}\bblock(?:ed)? page|blocked by cloudflare|cloudflare (?:waf|firewall)/i,
        },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /10(?:20|10|0[5-9])\b|challenge|user[- ]agent/i }],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "the answer came through Cloudflare",
      all: [{ in: ["headers", "body"], text: /cf-ray|server: ?cloudflare|<center>cloudflare/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "rules of Cloudflare for attacks are spoken of",
      all: [
        { in: ["symptom", "log", "config"], text: /\bowasp\b|managed rules?|\brule ?sets?\b|\b949110\b/i },
        { in: ["symptom", "log", "headers", "body"], text: /cloudflare/i },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "Cloudflare stands before the site, and content is sent",
      all: [
        { in: ["symptom", "request", "headers", "body", "log", "config"], text: /cloudflare|cf-ray/i },
        { in: ["symptom", "request"], text: /\b(?:POST|PUT|PATCH|upload\w{0,3}|sav(?:e|ing)|submit\w{0,4}|form)\b/i },
      ],
      none: [
        {
          in: ["symptom", "body", "log"],
          text: /\b10(?:0[5-9]|1[0-2]|20)\b|Just a moment|csrf|anthropic|openai|claude|challenge/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "observed",
      says: "Cloudflare's page for its managed rules says this of what was done",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /The action you just performed triggered the security solution|several actions that could trigger this block/i,
        },
      ],
    },
  ],
})
