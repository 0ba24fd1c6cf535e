import { foreignCause } from "../cause.ts"

export const apisixPolicyDenied = foreignCause({
  code: "apisix/policy-denied",
  emitter: "apisix",
  title: "A policy engine that APISIX asks denied the request",
  why: "The plugins opa, authz-casbin, authz-casdoor, authz-keycloak, openid-connect and forward-auth ask an engine or match scopes; what it denies is refused, often with an empty body.",
  fix: [
    {
      by: "operator",
      does: "Read the engine's decision log and grant this subject this path and method",
      admits: "that subject, there",
    },
    { by: "caller", does: "Use a token with the scope or permission that the route asks for", admits: "nobody else" },
  ],
  unwise: ["Removing the plugin admits everyone who can reach the route"],
  ask: {
    question: "Which policy plugin is on the route, and what does its engine's log say of this request?",
    why: "APISIX only relays the denial",
  },
  sources: [
    "apache/apisix apisix/plugins/opa.lua",
    "apache/apisix apisix/plugins/authz-casbin.lua",
    "apache/apisix apisix/plugins/authz-keycloak.lua",
    "apache/apisix apisix/plugins/openid-connect.lua",
  ],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "Keycloak's denial as APISIX passes it on",
      all: [
        { in: ["body", "log", "symptom"], text: /"error"\s{0,3}:\s{0,3}"access_denied"[^\n]{0,60}not_authorized/i },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "openid-connect found a scope missing",
      all: [{ in: ["body", "log", "symptom"], text: /required scopes? not present/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "a policy plugin of APISIX is in question",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bapisix\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bopa\b|\bauthz-(?:casbin|casdoor|keycloak)\b|\bcasbin\b|\bkeycloak\b|\bopenid-connect\b|\bforward-auth\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "a policy plugin is configured",
      all: [{ in: ["config"], text: /\bauthz-(?:casbin|casdoor|keycloak)\b/i }],
    },
    {
      weight: "slight",
      basis: "source",
      says: "APISIX answered itself",
      all: [{ in: ["headers"], text: /^server:\s{0,3}APISIX/im }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "APISIX refuses, and nothing more is told",
      all: [{ in: ["symptom", "request", "headers", "body", "log", "config"], text: /\bapisix\b/i }],
    },
  ],
})
