import { foreignCause } from "../cause.ts"

export const envoyExtAuthz = foreignCause({
  code: "envoy/ext-authz",
  emitter: "envoy",
  title: "The authorization service that Envoy asks denied the request",
  why: "With ext_authz, Envoy asks another service before routing and answers with the denial that service chose, 403 where it names no status. An unreachable service is a 403 too.",
  fix: [
    {
      by: "operator",
      does: "Read the authorization service's log for this request and grant it there",
      admits: "what that service then allows",
    },
    {
      by: "operator",
      does: "Check that the service is reachable from Envoy and that its answer's status means what is intended",
      admits: "nobody else",
    },
  ],
  unwise: ["`failure_mode_allow: true` admits everyone while the service is down"],
  ask: {
    question: "Does the authorization service have this request in its log?",
    why: "If not, Envoy could not reach it",
  },
  sources: [
    "https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/ext_authz_filter",
    "https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage",
    "https://github.com/envoyproxy/envoy/issues/18964",
    "https://github.com/istio/istio/issues/40944",
    "https://istio.io/latest/docs/tasks/security/authorization/authz-custom/",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "Envoy's detail of a denial by the authorization service",
      all: [{ in: ["body", "log", "symptom"], text: /\bext_authz_(?:denied|error)\b/i }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "Istio denies everything because the provider of a CUSTOM policy is not there or not understood",
      all: [{ in: ["body", "log", "symptom"], text: /due-to-bad-CUSTOM-action/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a CUSTOM policy asks a provider",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /action:\s{0,3}["']?CUSTOM\b|\bCUSTOM (?:AuthorizationPolicy|authorization|polic)|\bexternal (?:provider|authori[sz]\w{2,5})\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /RBAC: access denied|AuthorizationPolicy|authorization policy|\bistio\b|\bprovider\b/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "Envoy's flag of a denial by the authorization service",
      all: [{ in: ["body", "log", "symptom"], text: /\bUAEX\b/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Envoy asks an authorization service",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\bext[-_ ]?auth(?:[zn])?\b|\bexternal auth(?:z|ori[sz]ation)?\b|ExtAuthz/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\benvoy\b|\bistio\b|\bgloo\b|\bcontour\b|\bemissary\b|\bkusk\b|\bext[-_]auth/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the authorization service cannot be reached",
      all: [
        {
          in: ["symptom"],
          text: /\bauth\w{0,10} (?:service|server|backend|provider)\b[^\n]{0,30}\b(?:is |was |being )?(?:down|unreachable|unavailable|not running|deleted|missing)\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the filter or a provider of it is configured",
      all: [{ in: ["config"], text: /ext_authz|envoyExtAuthz|action:\s{0,3}CUSTOM/i }],
    },
  ],
})
