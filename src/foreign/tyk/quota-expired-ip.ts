import { foreignCause } from "../cause.ts"

export const tykQuotaExpiredIp = foreignCause({
  code: "tyk/quota-expired-ip",
  emitter: "tyk",
  isNoMatterOfRights: true,
  title: "The key's quota is used up, the key has expired or is off, or its address list does not fit",
  why: "Tyk answers 403 and not 429 where the quota of a period is used up, and 403 for a key that is inactive or whose address is not on the API's list.",
  fix: [
    { by: "caller", does: "Wait until the quota renews, or ask for a larger one", admits: "nobody else" },
    { by: "operator", does: "Renew or activate the key, or raise its quota", admits: "that key" },
    { by: "operator", does: "Add the address to the API's allowed addresses", admits: "that address" },
  ],
  ask: {
    question: "Which of quota, expiry, activity and address does the message name?",
    why: "Each has its own text",
  },
  sources: [
    "TykTechnologies/tyk gateway/mw_rate_limiting.go",
    "TykTechnologies/tyk gateway/mw_key_expired_check.go",
    "TykTechnologies/tyk gateway/mw_ip_whitelist.go",
  ],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "Tyk writes this of a quota that is used up",
      all: [{ in: ["body", "log", "symptom"], text: /"error"\s{0,3}:\s{0,3}"Quota exceeded"|\bQuota exceeded\b/ }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /exceeded quota|googleapis|gemini|openai/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Tyk writes this of a key that is off",
      all: [{ in: ["body", "log", "symptom"], text: /Key is inactive, please renew/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Tyk writes this of an address that is not on the list",
      all: [{ in: ["body", "log", "symptom"], text: /access from this IP has been disallowed/i }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "quota or expiry at Tyk",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\btyk\b/i },
        { in: ["symptom"], text: /\bquota|\bexpir|\binactive\b|\bIP\b/i },
      ],
    },
  ],
})
