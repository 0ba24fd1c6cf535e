import { foreignCause } from "../cause.ts"

export const djangoCsrfReferer = foreignCause({
  code: "django/csrf-referer",
  emitter: "django",
  title: "Over https Django wants a Referer of its own site, and the request has none or another",
  why: "Where a request over https has no Origin, Django checks the Referer, so that a page on plain http cannot forge requests. Browsers and pages that hide the Referer, API clients and proxies that change the host fail it.",
  fix: [
    {
      by: "operator",
      does: "Send `Referrer-Policy: same-origin` (or `strict-origin-when-cross-origin`) instead of `no-referrer`",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Add the one host to `CSRF_TRUSTED_ORIGINS`, or let the proxy pass `Host` on unchanged",
      admits: "forms on pages of that host",
    },
    { by: "caller", does: "Send a Referer (or Origin) of the site with each unsafe request", admits: "nobody else" },
  ],
  unwise: ["Taking the check out of the middleware: it is what keeps plain http pages from forging"],
  ask: {
    question: "Does the refused request have a Referer, and which host does it name?",
    why: "None points to a referrer policy, another host to the proxy or the trusted list.",
  },
  sources: [
    "django/django django/middleware/csrf.py",
    "django/django django/views/csrf.py",
    "https://github.com/QingdaoU/OnlineJudge/issues/228",
    "https://github.com/wemake-services/wemake-django-template/issues/1020",
    "django/django django/conf/locale",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Django's reason when the Referer does not do",
      all: [{ in: ["body", "log", "symptom"], text: /Referer checking failed/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Django's page says this for a missing Referer only; the field's name stays in every language",
      all: [
        { in: ["body", "log"], text: /requires a ['‘“"]?Referer(?:er)? header|'Referer'|“Referer”|"Referer"/ },
        { in: ["body", "log"], text: /CSRF|\(403\)/ },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Django's sentence for a missing Referer",
      all: [{ in: ["body", "log", "symptom"], text: /HTTPS site requires a ['‘“"]?Referer header/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a referrer policy that hides the Referer",
      all: [{ in: ["headers", "config", "symptom"], text: /no-referrer\b|SECURE_REFERRER_POLICY/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the report names the Referer",
      all: [
        { in: ["symptom"], text: /\brefer(?:r)?er\b/i },
        { in: ["symptom", "body", "log", "config"], text: /\b(?:django|csrf)\b/i },
      ],
    },
    {
      weight: "slight",
      basis: "source",
      says: "Django's page for any failure of the check",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /CSRF[- ]?verif\w{0,12} (?:has )?fail(?:ed|ure|s)?\b|CSRF (?:check|error|validation failed)\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "memory",
      says: "https is where the Referer is checked",
      all: [
        { in: ["symptom"], text: /\bhttps\b/i },
        { in: ["symptom", "body", "log", "config"], text: /\bdjango\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a login or form fails where no referrer is sent",
      all: [
        { in: ["symptom"], text: /\breferr?ers?\b/i },
        { in: ["symptom"], text: /\b(?:log-?in|form|POST|submi\w{1,6}|sign|without|no|sends? no)\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /hotlink|image|nginx|apisix|kong|api key|google|maps|rewrite|apache|valid_referers|grafana|gemini|http_referrer/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Django's translated page for a missing Referer: field name and HTTPS stand beside each other in it",
      all: [
        {
          in: ["body", "log"],
          text: /HTTPS[^\n]{0,120}(?:[„“«‘'"] ?Referer\b|Referer[- ]?(?:header|Header|头)|「?リファラー|참조 헤더|(?:nagłówek|encabezado|en-tête|cabeçalho)[^\n]{0,8}Refer)/,
        },
      ],
    },
  ],
})
