import { foreignCause } from "../cause.ts"

export const istioPrincipalNeedsMtls = foreignCause({
  code: "istio/principal-needs-mtls",
  emitter: "istio",
  title: "The policy asks for a principal or namespace, and the connection has none without mutual TLS",
  why: "`principals`, `namespaces` and `serviceAccounts` are read from the peer's certificate. A client without a sidecar, or a mesh without mutual TLS, presents none, and no such rule matches; `ipBlocks` still do.",
  fix: [
    {
      by: "operator",
      does: "Give the client a sidecar or ambient enrolment and set mutual TLS to STRICT",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Match the client by `ipBlocks` or `remoteIpBlocks`, where it stays outside the mesh",
      admits: "everyone with those addresses",
    },
  ],
  unwise: ["Dropping `from` in the rule admits every workload"],
  ask: {
    question: "Does the access log show a peer principal for this connection, or `-`?",
    why: "Without one no rule on principals can match",
  },
  sources: [
    "https://istio.io/latest/docs/reference/config/security/authorization-policy/",
    "https://github.com/istio/istio/issues/21259",
    "https://github.com/istio/istio/issues/36119",
    "https://github.com/istio/istio/issues/45217",
  ],
  clues: [
    {
      weight: "strong",
      basis: "case",
      says: "rules by address match and rules by identity do not, or the client is outside the mesh",
      all: [
        { in: ["symptom", "config", "log"], text: /\bprincipals?\b|\bnamespaces?\b|service ?accounts?/i },
        {
          in: ["symptom", "config", "log"],
          text: /\bip-?blocks?\b|ip range|\bmtls\b|mutual TLS|PeerAuthentication|non-istio|side-?car|not injected|no(?:t| istio)? injection|outside (?:of )?the mesh/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bistio\b|AuthorizationPolicy|authorization-policy|\brbac\b|\bmesh\b|ipBlocks/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a policy by identity and a client without a sidecar",
      all: [
        {
          in: ["symptom"],
          text: /non-istio|without (?:a |the |istio )?side-?cars?|\bno side-?car|don'?t have (?:the |a )?side-?car|\bmtls\b[^\n]{0,30}(?:not|dis|off)|(?:not|without|no|dis)\w{0,5}[^\n]{0,20}\bmtls\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a policy by identity",
      all: [
        { in: ["symptom", "config", "log"], text: /AuthorizationPolicy|authorization[- ]policy/i },
        { in: ["symptom", "config", "log"], text: /\bprincipals?\b|\bnamespaces?\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "no rule that allows matched",
      all: [{ in: ["body", "log", "symptom"], text: /rbac_access_denied_matched_policy\[none\]/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the answer where the role-based filter denies",
      all: [{ in: ["body", "log", "symptom"], text: /RBAC: access denied/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a rule on the peer's identity, which only its certificate tells",
      all: [
        { in: ["config", "symptom"], text: /\bsource\.(?:namespace|principal|serviceAccount)s?\b/ },
        { in: ["config", "symptom", "log", "body"], text: /\b403s?\b|denied|values:|RBAC|key:/i },
      ],
      none: [
        { in: ["symptom"], text: /\bgateway\b/i },
        { in: ["body", "log", "symptom"], text: /matched_policy\[none\]/ },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a rule names identities as its source",
      all: [
        { in: ["config"], text: /-\s?source:\s{1,40}(?:principals|namespaces|serviceAccounts):/ },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\b(?:den(?:y|ies|ied)|refus|403|not work|reject|RBAC)/i,
        },
      ],
      none: [{ in: ["symptom"], text: /gateway/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a policy names the caller's namespace or account, and denies the caller",
      all: [
        {
          in: ["symptom"],
          text: /\bpolic(?:y|ies)\b[^\n]{0,60}\b(?:by (?:the )?)?(?:namespaces?|principals?|service ?accounts?)\b[^\n]{0,60}\b(?:den(?:y|ies|ied)|refus\w{1,3}|403|reject\w{0,3}|forbid\w{0,4})\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "body", "log", "headers", "config"],
          text: /gateway|kyverno|gatekeeper|quota|PodSecurity|admission|cannot \w{3,10} resource|is forbidden: |iam\b|aws|network ?polic/i,
        },
      ],
    },
  ],
})
