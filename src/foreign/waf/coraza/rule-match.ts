import { foreignCause } from "../../cause.ts"

export const wafCorazaRuleMatch = foreignCause({
  code: "waf/coraza/rule-match",
  emitter: "coraza",
  title: "A rule of the Coraza firewall refused the request",
  why: "Coraza applies rules written for ModSecurity inside another server (Caddy, Envoy, HAProxy, Traefik). The line names the rule; with the Core Rule Set the rules that added to the score are what to look at.",
  fix: [
    {
      by: "operator",
      does: "Exclude the one field from the rules that fitted, for this path: `ctl:ruleRemoveTargetById=ID;ARGS:name`",
      admits: "everyone, past those rules in that field on that path",
    },
    {
      by: "caller",
      does: "Leave out of the request what the rule fits, where it is not needed",
      admits: "nobody else",
    },
  ],
  unwise: ["`SecRuleEngine Off`: nothing is inspected any more"],
  ask: {
    question: "Which ids do the lines with the same `unique_id` name?",
    why: "They are the rules to exclude the field from.",
  },
  sources: [
    "https://github.com/corazawaf/coraza/blob/main/internal/corazarules/rule_match.go",
    "https://coraza.io/docs/",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Coraza writes this where a rule refuses",
      all: [{ in: ["log", "body", "symptom"], text: /Coraza: (?:Access denied|Warning)/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Coraza is spoken of",
      all: [{ in: ["symptom", "config", "log", "body"], text: /\bcoraza(?:_waf)?\b/i }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "the interruption is told as Coraza's connectors tell it",
      all: [
        {
          in: ["log"],
          text: /transaction interrupted|interruption[^\n]{0,40}"?action"?[:=] ?"?deny|tx_id[^\n]{0,60}deny/i,
        },
      ],
    },
  ],
})
