import { foreignCause } from "../cause.ts"

export const apintoIpRestriction = foreignCause({
  code: "apinto/ip-restriction",
  emitter: "apinto",
  title: "Apinto's address list does not allow the client's address",
  why: "The ip_restriction plugin compares the address Apinto takes for the client's with a white or black list.",
  fix: [{ by: "operator", does: "Add the address to the plugin's white list", admits: "that address" }],
  unwise: ["An empty list stops nobody"],
  ask: { question: "Which client address does Apinto's access log show?", why: "That one is compared" },
  sources: ["eolinker/apinto drivers/plugins/ip-restriction/restriction.go"],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Apinto's plugin writes this",
      all: [{ in: ["body", "log", "symptom"], text: /\[ip_restriction\] Illegal IP/i }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "addresses behind Apinto",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bapinto\b|\bapipark\b/i },
        { in: ["symptom", "config", "log"], text: /\bip[-_ ]?restriction|\bwhite-?list|\bIP\b/ },
      ],
    },
  ],
})
