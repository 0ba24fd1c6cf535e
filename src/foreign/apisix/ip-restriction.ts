import { foreignCause } from "../cause.ts"

export const apisixIpRestriction = foreignCause({
  code: "apisix/ip-restriction",
  emitter: "apisix",
  title: "APISIX's ip-restriction plugin does not allow the address it sees",
  why: "The plugin compares the address of the connection, or what the real-ip plugin made of it, with its lists. `0.0.0.0` is one address and not all of them: all are `0.0.0.0/0`.",
  fix: [
    {
      by: "operator",
      does: "Add the address or range to `whitelist` as APISIX sees it",
      admits: "that address or range",
    },
    {
      by: "operator",
      does: "Let real-ip take the client's address from the proxy, where one stands before APISIX",
      admits: "nobody else",
    },
  ],
  unwise: ["Listing `0.0.0.0/0` admits everyone"],
  ask: { question: "Which client address does APISIX's access log show?", why: "That one is compared" },
  sources: ["apache/apisix apisix/plugins/ip-restriction/init.lua", "https://github.com/apache/apisix/issues/4372"],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "APISIX's ip-restriction writes this, and older versions of Kong's",
      all: [{ in: ["body", "log", "symptom"], text: /Your IP address is not allowed/i }],
      none: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bkong\b/i },
        {
          in: ["symptom", "config", "log"],
          text: /load ?-?balancer|\b(?:ELB|ALB|NLB|SLB)\b|X-Forwarded-For|trusted_?ips|real_ip|externalTrafficPolicy|\bSNAT\b|behind (?:a|the|another|my) (?:reverse )?proxy/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "APISIX restricts by address",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bapisix\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bip[-_ ]?restriction\b|Your IP address is not allowed/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "the plugin is configured with whitelist or blacklist",
      all: [
        { in: ["config"], text: /ip-restriction/i },
        { in: ["config"], text: /\bwhitelist|\bblacklist/i },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bkong\b/i }],
    },
    {
      weight: "slight",
      basis: "source",
      says: "APISIX answered itself",
      all: [{ in: ["headers"], text: /^server:\s{0,3}APISIX/im }],
    },
  ],
})
