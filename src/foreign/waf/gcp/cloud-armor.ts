import { foreignCause } from "../../cause.ts"

export const wafGcpCloudArmor = foreignCause({
  code: "waf/gcp/cloud-armor",
  emitter: "gcp",
  title: "A security policy of Google Cloud Armor refused the request",
  why: "A rule of the policy on the load balancer's backend denied: an address, a region, a rate, or a preconfigured rule for attacks. The load balancer's log names policy and priority.",
  fix: [
    {
      by: "operator",
      does: "Find policy and priority in the load balancer's log, and exclude the field from that rule, or set it to preview",
      admits: "everyone, past that rule in that field",
    },
    {
      by: "operator",
      does: "Add a rule before it that allows the client's address",
      admits: "requests from that address",
    },
  ],
  unwise: ["Detaching the policy from the backend"],
  ask: {
    question: "What do `statusDetails` and `enforcedSecurityPolicy` say in the load balancer's log?",
    why: "They tell whether a policy denied and which of its rules.",
  },
  sources: [
    "https://cloud.google.com/armor/docs/request-logging",
    "https://cloud.google.com/load-balancing/docs/https/https-logging-monitoring",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the load balancer's log says that a security policy denied",
      all: [
        { in: ["log", "body", "symptom"], text: /\b(?:body_)?denied_by_security_policy\b|"?enforcedSecurityPolicy"?/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Cloud Armor is spoken of",
      all: [{ in: ["symptom", "config", "body"], text: /cloud ?armor|\bevaluatePreconfigured(?:Waf|Expr)\b/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Google's load balancer wrote the bare page",
      all: [{ in: ["body"], text: /<title>403<\/title>403 Forbidden/i }],
    },
    {
      weight: "slight",
      basis: "source",
      says: "the answer came through Google's load balancer",
      all: [{ in: ["headers"], text: /via: ?1\.1 google/i }],
    },
    {
      weight: "fair",
      basis: "observed",
      says: "Google's front end wrote the page",
      all: [{ in: ["body", "log", "symptom"], text: /Your client does not have permission to get URL/i }],
      none: [
        {
          in: ["body", "log", "symptom"],
          text: /IAP|\biap\b|cloud ?run|run\.app|cloud ?functions?|appspot|storage\.googleapis|googleusercontent/i,
        },
      ],
    },
  ],
})
