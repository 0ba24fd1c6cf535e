import { foreignCause } from "../../cause.ts"

export const wafCrsHostIpOrEmptyUa = foreignCause({
  code: "waf/crs/host-ip-or-empty-ua",
  emitter: "modsecurity",
  title: "The Core Rule Set scores a request without a host name, User-Agent or Accept",
  why: "Rule 920350 scores an IP address in `Host`, 920320 and 920330 a missing or empty User-Agent, 920300 and 920310 Accept, 920280 a missing Host. Alone they stay under the usual threshold; with a higher paranoia level, a lower threshold or each other they reach it.",
  fix: [
    { by: "caller", does: "Use the host name in the URL, and send a User-Agent and Accept", admits: "nobody else" },
    {
      by: "operator",
      does: "Exclude health checks by their address and path from the one rule",
      admits: "requests from that address to that path",
    },
  ],
  unwise: ["Raising the threshold for all requests"],
  ask: {
    question: "Which other ids carry the same `unique_id`, and what is the threshold?",
    why: "These rules alone stay under the usual threshold of 5.",
  },
  sources: ["https://github.com/coreruleset/coreruleset/blob/main/rules/REQUEST-920-PROTOCOL-ENFORCEMENT.conf"],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "a rule of the Core Rule Set on missing or numeric fields added to the score",
      all: [
        {
          in: ["log", "body", "symptom"],
          text: /\b920(?:350|330|320|310|311|300|280|290)\b|Host header is a numeric IP address|(?:Missing|Empty) User Agent Header|Request Missing an Accept Header/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "source",
      says: "rules that look for attacks added to the score as well",
      all: [{ in: ["log"], text: /\[id "(?:93[0-4]|94[1-4]|911)\d{3}"\]/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a rule of the Core Rule Set on the Host header or the client's name",
      all: [
        { in: ["symptom", "log", "config"], text: /\bCRS\b|coreruleset|core rule ?set|modsec|\bowasp\b/i },
        {
          in: ["symptom"],
          text: /\bhost header\b|\bIP address\b[^\n]{0,20}\b(?:as|in) (?:the )?host\b|\bnumeric ip\b|\b(?:empty|missing|no) user[- ]?agent\b/i,
        },
      ],
    },
  ],
})
