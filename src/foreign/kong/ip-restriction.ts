import { foreignCause } from "../cause.ts"

export const kongIpRestriction = foreignCause({
  code: "kong/ip-restriction",
  emitter: "kong",
  title: "Kong's ip-restriction plugin does not allow the address it sees",
  why: "The plugin compares the client address Kong takes from the connection, or from a trusted proxy's header, with its `allow` and `deny` lists. The answer tells which address that was.",
  fix: [
    { by: "operator", does: "Add the address to the `allow` list", admits: "that address" },
    {
      by: "operator",
      does: "Set `trusted_ips` and `real_ip_header` so that Kong sees the client, where the address is a proxy's",
      admits: "nobody else",
    },
  ],
  unwise: ["Trusting every proxy address: then anyone may claim an allowed address"],
  ask: {
    question: "Is the address in the answer the client's own, or that of a load balancer?",
    why: "It is compared as Kong saw it",
  },
  sources: ["Kong/kong kong/plugins/ip-restriction/handler.lua", "https://github.com/Kong/kong/issues/5416"],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Kong tells the address it does not allow",
      all: [{ in: ["body", "log", "symptom"], text: /IP address not allowed: ["']?[0-9a-f:.]{3,45}/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "older versions of Kong write this",
      all: [
        { in: ["body", "log", "symptom"], text: /Your IP address is not allowed/i },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bkong\b/i },
      ],
      none: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bapisix\b/i },
        {
          in: ["symptom", "config", "log"],
          text: /load ?-?balancer|\b(?:ELB|ALB|NLB|SLB)\b|X-Forwarded-For|trusted_?ips|real_ip|externalTrafficPolicy|\bSNAT\b|behind (?:a|the|another|my) (?:reverse )?proxy/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "Kong restricts by address",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bkong\b/i },
        { in: ["symptom", "config", "log"], text: /\bip[-_ ]?restriction\b|\bip (?:white|allow)-?list/i },
      ],
    },
    {
      weight: "slight",
      basis: "source",
      says: "Kong and APISIX both write this",
      all: [{ in: ["body", "log", "symptom"], text: /Your IP address is not allowed/i }],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bapisix\b/i }],
    },
  ],
})
