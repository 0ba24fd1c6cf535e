import { foreignCause } from "../cause.ts"

export const envoyRbac = foreignCause({
  code: "envoy/rbac",
  emitter: "envoy",
  title: "Envoy's role-based filter denied the request",
  why: "A DENY rule that matches refuses, and where there are ALLOW rules and none matches, that refuses too. The access log names the policy, or `none`.",
  fix: [
    {
      by: "operator",
      does: "Add this caller, path and method to an ALLOW rule, where the line says `matched_policy[none]`",
      admits: "the callers the rule then names",
    },
    { by: "operator", does: "Narrow the DENY rule that the line names", admits: "the requests it no longer matches" },
    {
      by: "caller",
      does: "Send what the rule asks for: a token with the claim, another path or method",
      admits: "nobody else",
    },
  ],
  unwise: ["An ALLOW rule without conditions admits everyone"],
  ask: {
    question: "Which policy does `rbac_access_denied_matched_policy` in the access log name?",
    why: "`none` means that no ALLOW matched; a name is the DENY that did",
  },
  sources: [
    "https://docs.cilium.io/en/stable/security/policy/language/",
    "https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/rbac_filter",
    "https://istio.io/latest/docs/ops/common-problems/security-issues/",
    "https://github.com/istio/istio/issues/35973",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "Envoy names the rule that denied",
      all: [{ in: ["body", "log", "symptom"], text: /rbac_access_denied_matched_policy\[(?!none\])[^\]\n]{1,200}\]/i }],
      none: [{ in: ["body", "log", "symptom"], text: /bad-CUSTOM-action/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Envoy's answer where its role-based filter denies",
      all: [{ in: ["body", "log", "symptom"], text: /RBAC: access denied|PERMISSION_DENIED:[^\n]{0,60}RBAC/i }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bCUSTOM\b|\bext[-_]?authz\b|oauth2-proxy/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "no rule that allows matched",
      all: [{ in: ["body", "log", "symptom"], text: /rbac_access_denied_matched_policy\[none\]/i }],
      none: [{ in: ["symptom", "config"], text: /\bprincipals?\b|\bnamespaces?\b|\bsource\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a policy on paths, methods or tokens",
      all: [
        { in: ["symptom", "config", "log"], text: /AuthorizationPolicy|\bRequestAuthentication\b|\benvoy\b/i },
        {
          in: ["symptom", "config", "log"],
          text: /\bpaths?\b|\bmethods?\b|\bJWT\b|requestPrincipals|notRequestPrincipals|\bDENY\b|\bclaims?\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the mesh is named",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bistio\b|\benvoy\b/i },
        { in: ["symptom"], text: /\b403\b|denied|forbidden|RBAC/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an authorization policy of a mesh is spoken of",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\bAuthorizationPolic(?:y|ies)\b|\bistio\b[^\n]{0,60}\b(?:rbac|den(?:y|ies|ied)|403|authori[sz]ation)\b|\benvoy\b[^\n]{0,40}\brbac\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /ext_authz|oauth2-proxy|deleted|namespace not|principals?\b|mtls/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "Cilium hands the paths to Envoy, which refuses what no rule names",
      all: [
        { in: ["symptom", "config", "log", "body"], text: /\bcilium\b/i },
        { in: ["symptom", "config", "log", "body"], text: /access denied|\bL7\b|\b403\b/i },
      ],
    },
  ],
})
