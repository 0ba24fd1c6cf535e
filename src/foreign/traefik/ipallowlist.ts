import { foreignCause } from "../cause.ts"

export const traefikIpallowlist = foreignCause({
  code: "traefik/ipallowlist",
  emitter: "traefik",
  title: "Traefik's allow list does not hold the client's address",
  why: "The middleware ipAllowList, before version 3 ipWhiteList, compares one address with `sourceRange`: that of the connection, or what `ipStrategy` takes from X-Forwarded-For.",
  fix: [
    { by: "operator", does: "Add the client's address to `sourceRange`", admits: "that address" },
    { by: "caller", does: "Call from an address on the list", admits: "nobody else" },
  ],
  unwise: ["`0.0.0.0/0` in `sourceRange` admits everyone"],
  ask: {
    question: "Which address stands after `Rejecting IP` in Traefik's debug log?",
    why: "If it is not the client's, the list is right and the address is a proxy's",
  },
  sources: ["traefik/traefik pkg/middlewares/ipallowlist/ip_allowlist.go", "traefik/traefik pkg/ip/checker.go"],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "Traefik logs the address it rejects",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Rejecting IP [0-9a-f:.]{3,45}|matched none of the (?:trusted IPs|white list)/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "Traefik has an allow list",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\bip-?(?:white|allow)-?list\b|\bwhitelist-?sourceRange\b|\bsourceRange\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\btraefik\b|sourceRange|ipwhitelist|ipallowlist/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "source",
      says: "the body Traefik's middlewares write",
      all: [{ in: ["body"], text: /^\s{0,5}Forbidden\s{0,5}$/ }],
    },
    {
      weight: "against",
      basis: "source",
      says: "the address that was rejected is a proxy's or a bridge's",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /(?:Rejecting IP |source-IP )?['"\\]{0,3}(?:10\.\d{1,3}\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])\.\d{1,3})\.\d{1,3}\\{0,2}['"]{0,2} matched none/i,
        },
      ],
    },
  ],
})
