import { foreignCause } from "../cause.ts"

export const gatewayIpStrategyEmptyIp = foreignCause({
  code: "gateway/ip-strategy-empty-ip",
  emitter: "traefik",
  title: "The rule for choosing the client's address leaves none, and an empty address is on no list",
  why: "`depth` counts entries of X-Forwarded-For from the right and `excludedIPs` skips them. Where the header has fewer entries, or all are skipped, the address is empty and refused, even by `0.0.0.0/0`.",
  fix: [
    {
      by: "operator",
      does: "Set `depth` to the number of proxies before the gateway, or take the client's own range out of `excludedIPs`",
      admits: "nobody else",
    },
    { by: "operator", does: "Drop `ipStrategy` where no proxy stands before the gateway", admits: "nobody else" },
  ],
  unwise: ["Dropping the allow list admits everyone"],
  ask: {
    question:
      "What does X-Forwarded-For hold when it reaches the gateway, and what do `depth` and `excludedIPs` leave of it?",
    why: "With nothing left the log shows `Rejecting IP` and no address",
  },
  sources: [
    "traefik/traefik pkg/ip/strategy.go",
    "traefik/traefik pkg/ip/checker.go",
    "https://github.com/traefik/traefik/issues/10561",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Traefik had no address to compare",
      all: [{ in: ["body", "log", "symptom"], text: /empty IP address|Rejecting IP\s{0,3}:/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the client's address is chosen by depth or exclusion",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\bexcludedIPs\b|\bipStrategy\b[^}]{0,60}\bdepth\b|\bipStrategy\.depth\b|\bdepth\b[^\n]{0,40}X-Forwarded-For/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "every address is allowed and the request is refused",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\b0\.0\.0\.0\/0\b/ },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /sourceRange|ip-?(?:white|allow)-?list|ipStrategy/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "an address strategy is configured",
      all: [{ in: ["symptom", "config", "log"], text: /\bip_?-?strategy\b/i }],
    },
  ],
})
