import { foreignCause } from "../cause.ts"

export const nginxAuthRequest403 = foreignCause({
  code: "nginx/auth-request-403",
  emitter: "nginx",
  title: "The service nginx asks by `auth_request` refused the request",
  why: "nginx asks another service about each request and relays its 401 or 403. nginx writes nothing about it; the reason is in the log of the service that was asked.",
  fix: [
    {
      by: "operator",
      does: "Read the log of the service that `auth_request` asks, and grant there what it misses",
      admits: "whoever is granted it there",
    },
    {
      by: "operator",
      does: "Pass the fields that service needs to decide (`proxy_set_header` for the cookie, host and URI) to the sub-request",
      admits: "nobody else",
    },
    { by: "caller", does: "Sign in again at the service that decides", admits: "nobody else" },
  ],
  unwise: ["Removing `auth_request`: everyone who can reach the port is let in"],
  ask: {
    question: "What did the service named by `auth_request` (or `auth-url`) log for this request?",
    why: "It took the decision, and nginx only relays it.",
  },
  sources: [
    "https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_auth_request_module.c",
    "https://nginx.org/en/docs/http/ngx_http_auth_request_module.html",
    "https://github.com/oauth2-proxy/oauth2-proxy",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "the configuration of nginx asks another service by `auth_request`",
      all: [
        { in: ["config"], text: /\bauth_request[ \t]+\/?[\w/@.-]{1,120};|nginx\.ingress\.kubernetes\.io\/auth-url/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "it is told that nginx asks another service",
      all: [
        {
          in: ["symptom"],
          text: /auth_request|auth-url|\bauth subrequest\b|oauth2[-_]proxy|authelia|vouch[- ]proxy|authentik outpost/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "a sub-request for authorisation was answered 403",
      all: [
        {
          in: ["log"],
          text: /(?:\/oauth2\/auth|\/_external-auth|\/outpost\.goauthentik\.io\/auth|\/api\/verify|\/authelia)\b[^\n]{0,200}\b403\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "an ingress of nginx stands in front",
      all: [{ in: ["symptom", "config"], text: /\bnginx[- ]ingress\b|ingress-nginx|nginx\.ingress\.kubernetes\.io/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "authentication by another service is spoken of",
      all: [
        {
          in: ["symptom"],
          text: /\bexternal auth(?:entication|orization)?\b|\bforward[- ]?auth\b|\bsso proxy\b|nginx asks/i,
        },
      ],
      none: [{ in: ["symptom", "config", "log"], text: /traefik|envoy|caddy|istio|ext_authz/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "a location of nginx is made for questions to an authentication service",
      all: [
        {
          in: ["config"],
          text: /\/api\/(?:verify|authz\/auth-request)\b|proxy_pass_request_body\s{1,8}off|X-Original-UR[IL]\b|auth_request_set\b|\/outpost\.goauthentik\.io\//,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "body"], text: /traefik|caddy|access forbidden by rule/i }],
    },
    {
      weight: "against",
      basis: "case",
      says: "another proxy asks the authentication service, and nginx is not named",
      all: [{ in: ["symptom", "config"], text: /\btraefik\b|\bcaddy(?:file)?\b|\bhaproxy\b|\bistio\b|\benvoy\b/i }],
      none: [{ in: ["symptom", "config", "log", "body", "headers"], text: /nginx|auth_request|openresty/i }],
    },
  ],
})
