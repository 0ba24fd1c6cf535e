import { foreignCause } from "../cause.ts"

export const appOriginCheck = foreignCause({
  code: "app/origin-check",
  emitter: "application",
  title: "The application compares Origin with its own address, and a proxy changed what it takes for it",
  why: "Applications that take a cookie for a login refuse unsafe requests whose Origin is not the address they believe to have (Grafana, Portainer, SvelteKit, Astro, code-server, Go's CrossOriginProtection). Behind a proxy that rewrites Host, port or scheme the two differ for everybody. Reading goes on working, as only unsafe requests and web sockets are checked.",
  fix: [
    {
      by: "operator",
      does: "Let the proxy pass the address on as the browser sees it: `proxy_set_header Host $http_host` of nginx, `ProxyPreserveHost On` of httpd, and X-Forwarded-Proto",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Tell the application its public origin, with scheme and port (`ORIGIN`, `csrf_trusted_origins`, `TRUSTED_ORIGINS`, `allowedDomains`)",
      admits: "pages of that origin",
    },
  ],
  unwise: [
    "Removing the Origin header in the proxy, or turning the check off: any page a user opens may then act in the user's name",
  ],
  ask: {
    question: "Does the request pass when the application is opened at its own port, without the proxy?",
    why: "There Origin and Host agree; if it passes, it is what the proxy hands on.",
  },
  sources: [
    "https://github.com/grafana/grafana/issues/45117",
    "https://github.com/portainer/portainer/issues/12748",
    "sveltejs/kit packages/kit/src/runtime/server/respond.js",
    "https://grafana.com/docs/grafana/v12.4/setup-grafana/configure-security/configure-security-hardening.md",
    "golang/go src/net/http/csrf.go",
    "https://github.com/coder/code-server/issues/6064",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "SvelteKit and Astro write this",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Cross-site (?:POST|PUT|PATCH|DELETE) form submissions are forbidden/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "the application says that the origin is not its own",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /["'\s:]origin not allowed\b(?! by CORS)|^origin not allowed\b|\bForbidden - (?:origin|referer) invalid\b|Failed to validate Origin or Referer|cross-origin request detected|Blocking Cross Origin API request|host header does not match origin|origin does not match host/i,
        },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /\bpreflight\b|Access-Control|CSRF Failed/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "an application that is known for this check, behind a proxy or after an update",
      all: [
        {
          in: ["symptom", "body", "log", "headers"],
          text: /\b(?:grafana|portainer|code-server|svelte ?kit|astro|vaultwarden|web ?socket)\b/i,
        },
        {
          in: ["symptom", "config"],
          text: /\bproxy|proxypass|\bbehind\b|\bupdat\w{1,3}\b|\bupgrad\w{1,3}\b|\bdomain\b|\btunnel\b|\bOrigin\b|\bLAN\b/i,
        },
      ],
      none: [
        { in: ["symptom", "body", "log"], text: /api[- ]?key|viewer|editor role|Blocked request|allowedHosts|vite/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "it depends on the Origin header whether the request passes",
      all: [
        {
          in: ["symptom"],
          text: /\bwith(?:out)? (?:the |an? )?Origin\b|\bOrigin(?: header)? (?:is |was )?(?:removed|stripped|dropped|deleted|absent|missing)\b|\b(?:remov\w{1,3}|stripp?\w{0,3}|unset\w{0,4}) (?:of )?(?:the )?Origin\b/,
        },
      ],
      none: [{ in: ["symptom", "body", "log"], text: /\bCORS\b|preflight|Access-Control|django|rails/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "Hono's csrf middleware compares Origin for the content types of forms",
      all: [
        { in: ["symptom", "config", "request", "body"], text: /\bhono\b/i },
        { in: ["symptom", "request", "headers"], text: /\bPOST\b|form-?data|multipart|upload|urlencoded/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "reading works and every unsafe request fails, with a proxy that hands on another Host",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:every|each|all|any) (?:POST|PUT|PATCH|save|change|write)\b|\b(?:sav(?:e|es|ing)|creat(?:e|es|ing))\b[^\n]{0,30}\b(?:anything|fails?|everything)\b/i,
        },
        { in: ["config"], text: /\bProxyPass\b|\bproxy_pass\b|\breverse_proxy\b/i },
      ],
      none: [
        {
          in: ["symptom", "body", "log", "config"],
          text: /django|csrf_?token|CSRF verification|jenkins|crumb|ProxyPreserveHost On/i,
        },
      ],
    },
  ],
})
