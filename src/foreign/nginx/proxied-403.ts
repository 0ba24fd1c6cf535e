import { foreignCause } from "../cause.ts"
import { refusedBehind } from "../refused-behind.ts"

export const nginxProxied403 = foreignCause({
  code: "nginx/proxied-403",
  emitter: "upstream",
  title: "nginx relays a 403 of the server behind it",
  why: "With `proxy_pass`, `fastcgi_pass` and the like nginx hands the request on, and hands back what it gets. The address in the answer's fields is nginx's and the decision is not; nginx's error log is silent.",
  fix: [
    {
      by: "operator",
      does: "Look for the request in the log of the server that `proxy_pass` names, and mend it there",
      admits: "whoever is let in there",
    },
    {
      by: "operator",
      does: "Pass on what that server decides by: `proxy_set_header` for Host, X-Forwarded-Proto and the client's address",
      admits: "nobody else",
    },
  ],
  ask: {
    question:
      "What does `$upstream_status` say for the request, or does the request sent straight to the server behind also get 403?",
    why: "It tells whether nginx decided or the server behind it.",
  },
  sources: [
    "https://nginx.org/en/docs/http/ngx_http_upstream_module.html#var_upstream_status",
    "https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "the server behind nginx answered 403 itself",
      all: [{ in: ["log"], text: /upstream_status[="': ]{1,4}403\b/i }],
      none: [refusedBehind],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the request passes to another server by `proxy_pass` or the like",
      all: [{ in: ["config"], text: /\b(?:proxy|fastcgi|uwsgi|scgi|grpc)_pass\b/i }],
      none: [
        {
          in: ["log", "config", "body"],
          text: /access forbidden by rule|directory index of|\(13: Permission denied\)|auth_request|\breturn 403|\bdeny[ \t]|<center>nginx/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "observed",
      says: "the answer is not a page of nginx's own, and nginx hands the request on",
      all: [
        { in: ["body"], text: /^\s{0,10}[{["\w][^\n]{0,80}/ },
        { in: ["config"], text: /\b(?:proxy|fastcgi|uwsgi|scgi|grpc)_pass\b/i },
      ],
      none: [
        { in: ["config"], text: /\bauth_request\b|\berror_page\b|\breturn[ \t]+403\b/ },
        { in: ["log"], text: /access forbidden by rule|directory index of|\(13: Permission denied\)/ },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "it works without nginx in front, and fails behind it",
      all: [
        {
          in: ["symptom"],
          text: /\bbehind (?:an? )?(?:nginx|reverse[- ]proxy)|\bnginx\b[^\n]{0,30}\breverse[- ]proxy|proxy_pass/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the application is served through a proxy of nginx's",
      all: [{ in: ["symptom", "config"], text: /nginx proxy manager|\bNPM\b|reverse[- ]proxy/ }],
      none: [
        {
          in: ["symptom", "config", "log", "body"],
          text: /waf|crowdsec|modsec|coreruleset|allow list|whitelist|access list/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the answer is the application's, handed on by nginx",
      all: [
        {
          in: ["symptom"],
          text: /\bnginx\b[^\n]{0,40}\b(?:passes|hands|proxies|forwards)\b|\bproxied\b[^\n]{0,30}\b(?:application|app|back-?end|upstream)\b[^\n]{0,40}\b403\b/i,
        },
      ],
      none: [{ in: ["symptom", "request", "headers", "body", "log", "config"], text: /origin|csrf|auth_request/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the application answers without the proxy, and 403 comes through it",
      all: [
        { in: ["symptom"], text: /\bnginx\b/i },
        {
          in: ["symptom"],
          text: /\bworks?\b[^\n]{0,30}\b(?:directly|localhost|locally|without (?:the )?(?:proxy|nginx)|port \d{2,5})\b|\blocalhost:\d{2,5}\b|\bthrough (?:the |my |an? )?(?:nginx|reverse[- ]proxy)/i,
        },
        { in: ["symptom"], text: /proxy|upstream|through nginx/i },
      ],
      none: [
        {
          in: ["symptom", "body", "log", "headers", "config"],
          text: /access forbidden|directory index|\(13: |csrf|origin|cors\b|auth_request|white-?list|allow-?list|return 403|static|css|websocket|mcp\b|host header|minio|\bs3\b|\bwaf\b|modsec|coreruleset|\bcrs\b|crowdsec/i,
        },
      ],
    },
  ],
})
