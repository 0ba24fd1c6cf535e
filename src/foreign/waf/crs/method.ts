import { foreignCause } from "../../cause.ts"

export const wafCrsMethod = foreignCause({
  code: "waf/crs/method",
  emitter: "modsecurity",
  title: "The Core Rule Set does not allow this method",
  why: "Rule 911100 refuses methods that `tx.allowed_methods` does not list: without a setting GET, HEAD, POST and OPTIONS. PUT, PATCH, DELETE and WebDAV's methods have to be added.",
  fix: [
    {
      by: "operator",
      does: "Add the method to `tx.allowed_methods` in crs-setup.conf (rule 900200), or by a rule for the API's path alone",
      admits: "everyone, with that method",
    },
    {
      by: "caller",
      does: "Send POST with `X-HTTP-Method-Override`, where the service takes that",
      admits: "nobody else",
    },
  ],
  unwise: ["Removing rule 911100: every method is let through"],
  ask: {
    question: "Which methods does `tx.allowed_methods` list?",
    why: "Rule 911100 holds the method against that list and nothing else.",
  },
  sources: [
    "https://github.com/coreruleset/coreruleset/blob/main/rules/REQUEST-911-METHOD-ENFORCEMENT.conf",
    "https://github.com/coreruleset/coreruleset/blob/main/crs-setup.conf.example",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "rule 911100 refused the method",
      all: [{ in: ["log", "body", "symptom"], text: /\b911100\b|\b960032\b|Method is not allowed by policy/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "ModSecurity refuses a method beside GET and POST",
      all: [
        { in: ["symptom", "log", "config"], text: /mod[_ -]?security|\bmodsec\b|\bCRS\b|core rule ?set/i },
        { in: ["symptom", "request"], text: /\b(?:PUT|PATCH|DELETE|PROPFIND|MKCOL|REPORT|allowed_methods)\b/ },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a firewall or host admits GET and POST only",
      all: [
        { in: ["symptom", "request"], text: /\b(?:PUT|PATCH|DELETE|PROPFIND|MKCOL|REPORT|PURGE)\b/ },
        {
          in: ["symptom"],
          text: /\b(?:GET|POST)\b[^\n]{0,40}\b(?:works?|fine|ok|pass(?:es)?|do(?:es)?)\b|\b(?:online|live|production|hosted|hosting)\b/i,
        },
        { in: ["symptom"], text: /\bPUT\b|\bDELETE\b|\bPATCH\b|\bPROPFIND\b|webdav/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /spring|csrf|\bCORS\b|front-?end|browser|\bs3\b|bucket|github|kube|signed|django|express|iis/i,
        },
      ],
    },
  ],
})
