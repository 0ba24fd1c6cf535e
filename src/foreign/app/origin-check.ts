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
        {
          in: ["symptom", "body", "log"],
          text: /api[- ]?key|viewer|editor role|Blocked request|allowedHosts|vite|setAllowedOrigin/i,
        },
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
    {
      weight: "fair",
      basis: "case",
      says: "behind a proxy the unsafe requests fail, and at the application's own port they do not",
      all: [
        {
          in: ["symptom", "config"],
          text: /\bbehind\b|\bthrough\b[^\n]{0,20}\bprox\w{1,4}\b|reverse[- ]?prox\w{1,4}|proxy_pass|ProxyPass|\btunnel\b|\bdomain name\b/i,
        },
        {
          in: ["symptom", "request"],
          text: /\blog(?:ging)?[- ]?in\b|\bsign(?:ing)?[- ]?in\b|\bPOST\b|\bPUT\b|\bDELETE\b|\bsav(?:e|es|ing)\b|\bsubmit\w{0,4}\b|\bweb ?sockets?\b|\bclicking\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /django|\bDRF\b|\brails\b|laravel|jenkins|crumb|wordpress|wp-|csrf verification|csrf token (?:missing|from|mismatch)|grafana api key|white-?list|allow-?list|fail2ban|signature|signed|modsec|crowdsec|\bwaf\b|ldap|\brole|auth_request|oauth2|authelia|forward-?auth|static|\bcss\b|\bimages?\b|setAllowedOrigin/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the browser, which sends Origin, is refused where a program is not",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:curl|postman|insomnia|httpie|a program|scripts?)\b[^\n]{0,40}\b(?:works?|passes|succeeds?|fine|ok)\b|\bworks?\b[^\n]{0,20}\b(?:with|in|from|by) (?:curl|postman|insomnia)\b/i,
        },
        { in: ["symptom"], text: /\bbrowser\b|\bfront-?end\b|\bpage\b|\bUI\b/i },
        { in: ["symptom", "request"], text: /\bPOST\b|\bPUT\b|\blog(?:ging)?[- ]?in\b|\bproxy\b|https/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /django|\bDRF\b|\brails\b|laravel|jenkins|crumb|wordpress|wp-|csrf verification|csrf token (?:missing|from|mismatch)|grafana api key|white-?list|allow-?list|fail2ban|signature|signed|modsec|crowdsec|\bwaf\b|ldap|\brole|auth_request|oauth2|authelia|forward-?auth|static|\bcss\b|\bimages?\b|setAllowedOrigin/i,
        },
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /cloudflare|\bCORS\b|preflight|user-agent|scrap|download/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "forms of SvelteKit pass in development and are refused in production, where the server is not told its origin",
      all: [
        { in: ["symptom"], text: /\bsvelte(?: ?kit)?\b|\bastro\b/i },
        { in: ["symptom"], text: /\b(?:form|actions?|POST|submit\w{0,4}|log-?in)\b/i },
        { in: ["symptom"], text: /\b(?:production|build|built|docker|deploy\w{0,4}|node adapter|adapter-node)\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /Blocked request|allowedHosts|permission/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "since TLS ends at a proxy the unsafe requests are refused",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:since|after|once|when)\b[^\n]{0,40}\b(?:https|tls|ssl|let'?s ?encrypt|certificates?)\b/i,
        },
        { in: ["symptom"], text: /\bPOSTs?\b|\bforms?\b|\blog(?:ging)?[- ]?in\b/ },
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /prox(?:y|ies)|load ?-?balancer|\bGETs?\b[^\n]{0,24}\bwork/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /django|\bDRF\b|\brails\b|laravel|jenkins|crumb|wordpress|wp-|csrf|white-?list|allow-?list|fail2ban|signature|signed|modsec|crowdsec|\bwaf\b|ldap|\brole|auth_request|oauth2|authelia|forward-?auth|setAllowedOrigin|spring|redirect/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "source",
      says: "the words of a CORS processor",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\bReject: |CORSRe(?:sponse|quest)|Disallowed CORS|DefaultCorsProcessor/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "Jupyter compares Origin with Host",
      all: [{ in: ["body", "log", "symptom"], text: /Blocking Cross Origin (?:API request|WebSocket Attempt)/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a form is taken for one of another site",
      all: [
        { in: ["symptom"], text: /\b(?:POST|forms?|submi\w{1,8})\b/i },
        {
          in: ["body", "log", "symptom"],
          text: /\bcross-site\b[^\n]{0,40}\b(?:POST|forms?|submi|request)|\b(?:refused|rejected|blocked|forbidden|treated|seen) as cross-?(?:site|origin)\b/i,
        },
      ],
      none: [{ in: ["symptom"], text: /cookie|i?frame|django|forgery/i }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "Grafana's line for a web socket from an address that is not its own",
      all: [{ in: ["body", "log", "symptom"], text: /Request Origin is not authorized/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Grafana's address for live updates compares the origin",
      all: [{ in: ["symptom", "request", "log"], text: /\/api\/live\/ws\b/ }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /auth_request|authelia|allow-?list|white-?list|login required/i,
        },
      ],
    },
  ],
})
