import { foreignCause } from "../../cause.ts"

export const edgeCloudflareCustomRule1020 = foreignCause({
  code: "edge/cloudflare/custom-rule-1020",
  emitter: "cloudflare",
  title: "A firewall rule of the site's owner at Cloudflare refused the request (1020)",
  why: "The owner of the zone wrote a rule on country, network, agent, path or score, and this request fits it. The page shows a Ray ID, with which the owner finds the rule.",
  fix: [
    {
      by: "caller",
      does: "Give the Ray ID to the owner of the site, or come from another network",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Find the Ray ID under Security events, and leave this request out of the one rule that fits",
      admits: "requests the exception fits",
    },
  ],
  unwise: ["An IP access rule that allows: it passes by all other rules as well"],
  ask: {
    question: "Which rule do the security events show for the Ray ID?",
    why: "The rule is the owner's, and only the events name it.",
  },
  sources: [
    "https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/error-1020/",
    "https://developers.cloudflare.com/waf/custom-rules/",
    "https://github.com/JimmyLaurent/cloudflare-scraper/issues/27",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "Cloudflare's code 1020 is a rule of the zone's owner",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /error[ _]?(?:code)?["']?[: ]{1,3}1020\b|1xxx-errors\/error-1020|\bcode[: ]{1,2}1020\b|(?:cloudflare|\bCF\b)[^\n]{0,40}\b1020\b|CloudflareCode1020/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the page says that the site used Cloudflare to restrict access",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /used Cloudflare to restrict access|This website is using a security service to protect itself from online attacks/i,
        },
      ],
      none: [
        {
          in: ["body", "log", "symptom"],
          text: /10(?:0[5-9]|1[0-2]|06)\b|have been blocked|why_headline|country or region/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a custom or firewall rule at Cloudflare is spoken of",
      all: [
        {
          in: ["symptom", "config"],
          text: /cloudflare[^\n]{0,60}(?:custom|firewall|waf) rule|(?:custom|firewall) rule[^\n]{0,60}cloudflare/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "observed",
      says: "the page goes on as that of the managed rules does",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /The action you just performed triggered the security solution|several actions that could trigger this block/i,
        },
      ],
    },
  ],
})
