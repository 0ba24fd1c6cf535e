import { foreignCause } from "../cause.ts"

export const traefikForwardAuth = foreignCause({
  code: "traefik/forward-auth",
  emitter: "traefik",
  title: "The authentication server that Traefik asks refused the request",
  why: "With forwardAuth, Traefik sends each request's headers to another server first. Where that does not answer 2xx, its status and body are passed on and the service is never asked.",
  fix: [
    {
      by: "operator",
      does: "Find the request in the authentication server's log and change its rule for this user and address",
      admits: "that user, there",
    },
    { by: "caller", does: "Sign in as a user the rule allows", admits: "nobody else" },
    {
      by: "operator",
      does: "Set `trustForwardHeader`, or trusted addresses, where another proxy stands before, so that the rule sees the real host and path",
      admits: "nobody else",
    },
  ],
  unwise: ["Setting the default policy to bypass admits everyone"],
  ask: {
    question: "What does the authentication server's log say of this request?",
    why: "Traefik only passes its answer on",
  },
  sources: ["traefik/traefik pkg/middlewares/auth/forward.go", "https://github.com/authelia/authelia/issues/2773"],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Traefik logs the answer of the authentication server",
      all: [{ in: ["body", "log", "symptom"], text: /Remote error https?:\/\/\S{1,200} StatusCode: 403/i }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "Authelia denies this user this address",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Access to \S{1,300} is (?:forbidden to user|not authorized to user)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Traefik asks an authentication server",
      all: [
        { in: ["symptom", "config", "log"], text: /\bforward-?auth\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\btraefik\b|middlewares|\bauthelia\b|\bauthentik\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an authentication server stands behind Traefik",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\b(?:authelia|authentik|oauth2-proxy|tinyauth|vouch-proxy|pomerium|voidauth)\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "Traefik is named",
      all: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /\btraefik\b/i }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /white-?list|allow-?list|sourceRange/i,
        },
      ],
    },
  ],
})
