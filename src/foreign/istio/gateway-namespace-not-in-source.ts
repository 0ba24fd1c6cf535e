import { foreignCause } from "../cause.ts"

export const istioGatewayNamespaceNotInSource = foreignCause({
  code: "istio/gateway-namespace-not-in-source",
  emitter: "istio",
  title: "The policy names the original caller; the connection comes from the ingress gateway",
  why: "A sidecar sees who connects to it. For traffic through a gateway that is the gateway's service account and namespace, whoever sent the request first.",
  fix: [
    {
      by: "operator",
      does: "Add the gateway's principal, such as `cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account`, to the workload's ALLOW rule, and check the original caller at the gateway",
      admits: "everything the gateway lets through to this workload",
    },
    {
      by: "operator",
      does: "Let the caller address the service inside the mesh and not through the gateway",
      admits: "nobody else",
    },
  ],
  unwise: ["Dropping `from` in the rule admits every workload"],
  ask: {
    question: "Which peer principal does the workload's access log or the RBAC debug log show?",
    why: "The gateway's name there proves it",
  },
  sources: [
    "https://istio.io/latest/docs/reference/config/security/authorization-policy/",
    "https://github.com/istio/istio/issues/51896",
    "https://github.com/istio/istio/issues/41690",
  ],
  clues: [
    {
      weight: "strong",
      basis: "case",
      says: "a policy by source and traffic through a gateway",
      all: [
        { in: ["symptom"], text: /\b(?:ingress-?)?gateway\b/i },
        { in: ["symptom", "config", "log"], text: /\bnamespaces?\b|\bprincipals?\b|\bsource\b|service ?account/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bistio\b|AuthorizationPolicy|authorization-policy|rbac_access_denied|RBAC: access denied/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /non-istio|without (?:a |the )?side-?car|no side-?car|\bmtls\b|mutual TLS|ipBlocks/i,
        },
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
      weight: "fair",
      basis: "case",
      says: "the request came by the ingress gateway",
      all: [{ in: ["log", "headers"], text: /istio-ingressgateway|ingress-?gateway/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a policy by source",
      all: [
        { in: ["config"], text: /principals:|namespaces:|source:/ },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /AuthorizationPolicy|\bistio\b|cluster\.local\/ns\//i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "what a rule's source must list is in question, and nobody speaks of certificates or sidecars",
      all: [
        { in: ["symptom"], text: /\bsource\b/i },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bnamespaces?\b|\bprincipals?\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bistio\b|AuthorizationPolicy|authorization-policy|rbac_access_denied|RBAC: access denied/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /non-istio|without (?:a |the )?side-?car|side-?cars?\b|\bmtls\b|mutual TLS|ip-?blocks?|ip range/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a policy lets a namespace in, and the call comes through the ingress gateway",
      all: [
        { in: ["symptom"], text: /\bnamespaces?\b/i },
        { in: ["symptom"], text: /\bingress ?-?gateway\b|through the (?:ingress|gateway)|\bgateway'?s namespace\b/i },
        { in: ["symptom", "body", "log"], text: /AuthorizationPolic|authorization polic|RBAC|\bistio\b/i },
      ],
      none: [{ in: ["symptom", "config"], text: /non-istio|side-?car|mtls/i }],
    },
  ],
})
