import { foreignCause } from "../cause.ts"

export const djangoCsrfOriginMismatch = foreignCause({
  code: "django/csrf-origin-mismatch",
  emitter: "django",
  title: "The request's Origin is none that Django trusts",
  why: "Since version 4 Django compares Origin with the scheme and host it believes to be its own, then with CSRF_TRUSTED_ORIGINS. Behind a proxy that ends TLS or rewrites Host it believes in another scheme or host than the browser sees.",
  fix: [
    {
      by: "operator",
      does: "Make the proxy pass on scheme and host (`X-Forwarded-Proto` with `SECURE_PROXY_SSL_HEADER`, `Host` unchanged), where the proxy overwrites what clients send",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Add this one origin with its scheme and port to `CSRF_TRUSTED_ORIGINS`",
      admits: "forms and scripts on pages of that origin",
    },
  ],
  unwise: ["`csrf_exempt`, or wildcards over domains that others may register names in"],
  ask: {
    question:
      "Which of scheme, host and port in the logged Origin differs from what `request.build_absolute_uri()` says?",
    why: "The scheme points to the proxy's TLS, the host or port to its Host field, a foreign name to the trusted list.",
  },
  sources: [
    "django/django django/middleware/csrf.py",
    "https://docs.djangoproject.com/en/stable/ref/settings/#csrf-trusted-origins",
    "https://github.com/ansible/ansible-hub-ui/pull/3994",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Django's reason when the Origin is not trusted",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Origin checking failed ?(?:-|–) ?[^\n]{0,200}does not match any trusted origins|Origin checking failed/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the setting for trusted origins is in play",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /CSRF_TRUSTED_ORIGINS|does not match any trusted origins|\btrusted origins?\b/i,
        },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /Referer checking failed/ }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "Django's page for any failure of the check",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /CSRF[- ]?verif\w{0,12} (?:has )?fail(?:ed|ure|s)?\b|CSRF (?:check|error|validation failed)\b/i,
        },
      ],
      none: [{ in: ["body", "log"], text: /Reason given for failure|CSRF cookie|CSRF\s{1,20}cookie|Referer/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a proxy, TLS or an upgrade to Django 4 is where it begins",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:proxy|load ?balancer|nginx|traefik|caddy|ha-?proxy|envoy|apache|tunnel|cloudflare|domain|subdomain|https|ssl|tls|ngrok|docker|production|codespaces?|workspace|updat\w*|upgrad\w*)\b/i,
        },
        { in: ["symptom", "body", "log", "config"], text: /\b(?:django|csrf)\b/i },
      ],
      none: [
        {
          in: ["symptom", "log", "config"],
          text: /\bstatic\b|\bmedia\b|collectstatic|\bcss\b|permission denied|\bGET\b|\brails\b|laravel|sanctum|spring|express|csurf|jenkins|crumb|authenticity/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "it began with Django 4",
      all: [
        {
          in: ["symptom"],
          text: /\bdjango ?(?:[>=v]{0,3} ?)?[45](?:\.\d)?\b|\b(?:upgrad\w*|updat\w*|latest|new(?:er|est)?)\b[^\n]{0,40}\bdjango\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "the request names an Origin",
      all: [
        { in: ["request"], text: /(?:^|\n)["' -H]{0,6}origin: ?https?:/i },
        { in: ["symptom", "body", "log", "config"], text: /\b(?:django|csrf)\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "logging in fails behind a proxy, after an update or under another name: the page's origin is compared",
      all: [
        {
          in: ["symptom"],
          text: /\blog(?:s|ged|ging)?[- ]?(?:in|ins)\b|\bsign(?:s|ed|ing)?[- ]?(?:in|up)\b|\bchang\w{1,3} users\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:https|tls|ssl|reverse proxy|nginx|proxy|domain|deploy\w{0,6}|docker|compose|by name|upgrad\w{1,3}|updat\w{1,3}|used to work|behind)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /cloudfront|\baws\b|jenkins|crumb|kube|openai|gemini|bedrock|anthropic|claude|wp-json|wordpress|laravel|spring|express|rails|grafana|svelte|astro|istio|oauth|authelia|keycloak|saml|ldap|npm|docker hub|registry|referr?er|plain http|missing csrf cookie|secure cookie|marked secure/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a form of a login is sent through a proxy",
      all: [
        { in: ["symptom"], text: /\blog(?:s|ged|ging)?[- ]?in\b|\bsign(?:s|ing)?[- ]?(?:in|up)\b/i },
        { in: ["symptom"], text: /\b(?:reverse[- ]?proxy|behind|https|update|upgrade)\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\baws\b|jenkins|crumb|kube|openai|gemini|wordpress|wp-|laravel|spring|express|rails|grafana|svelte|astro|istio|oauth|authelia|keycloak|saml|ldap|registry|referr?er|websocket|web socket|plain http|cookie/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "Django's translated words for any failure of the check",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /CSRF-Verifizierung fehlgeschlagen|verificaci[oó]n CSRF ha fallado|v[eé]rification CSRF a [eé]chou[eé]|Verifica CSRF fallita|CSRF検証に失敗|CSRF 검증에 실패|CSRF-verificatie mislukt|Weryfikacja CSRF nie|verifica[cç][aã]o (?:de )?CSRF falhou|проверки CSRF|перевірки CSRF|CSRF doğrulaması başarısız|CSRF ?(?:验证失败|驗證失敗)|ověření typu CSRF/i,
        },
      ],
      none: [
        { in: ["body", "log"], text: /Referer|Origin checking|CSRF[- ]?Cookie|cookie CSRF|CSRFクッキー|CSRF 쿠키/i },
      ],
    },
  ],
})
