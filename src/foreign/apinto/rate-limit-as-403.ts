import { foreignCause } from "../cause.ts"

export const apintoRateLimitAs403 = foreignCause({
  code: "apinto/rate-limit-as-403",
  emitter: "apinto",
  isNoMatterOfRights: true,
  title: "The rate limit is reached; Apinto says so in the body and sends 403",
  why: "The plugin makes a body that says 429 and sets the status 403. It is no matter of rights and passes with the next second, minute, hour or day.",
  fix: [
    { by: "caller", does: "Send more slowly, and try again after the period the body names", admits: "nobody else" },
    { by: "operator", does: "Raise the limit", admits: "every caller of that limit, at that rate" },
  ],
  ask: { question: "Does the same request pass after the period named?", why: "A denial stays" },
  sources: ["eolinker/apinto drivers/plugins/rate-limiting/rate-limiting.go"],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Apinto's rate limiting writes this",
      all: [{ in: ["body", "log", "symptom"], text: /\[rate_limiting\] API rate limit of \w{3,6} exceeded/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "a body that says 429 under the status 403",
      all: [{ in: ["body"], text: /"status_code"\s{0,3}:\s{0,3}429/ }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "limits behind Apinto",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bapinto\b|\bapipark\b/i },
        { in: ["symptom", "config", "log"], text: /\brate[-_ ]?limit|\btoo many|\b429\b/i },
      ],
    },
  ],
})
