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
          text: /\b(?:proxy|load ?balancer|nginx|traefik|caddy|apache|tunnel|cloudflare|domain|subdomain|https|ssl|tls|ngrok|docker|production|codespaces?|workspace|updat\w*|upgrad\w*)\b/i,
        },
        { in: ["symptom", "body", "log", "config"], text: /\b(?:django|csrf)\b/i },
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
  ],
})
