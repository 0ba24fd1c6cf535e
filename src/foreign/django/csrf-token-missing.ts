import { foreignCause } from "../cause.ts"

export const djangoCsrfTokenMissing = foreignCause({
  code: "django/csrf-token-missing",
  emitter: "django",
  title: "The request carries no CSRF token",
  why: "Django wants every unsafe request to repeat the token that its page gave, in the form or in X-CSRFToken. A form without the template tag, a script that sends none and an API client that knows nothing of it are refused alike.",
  fix: [
    {
      by: "caller",
      does: "Send the cookie's value in `X-CSRFToken`, or put `{% csrf_token %}` into the form",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Authenticate the view by a token in a header instead of the session's cookie, for clients that are no browsers",
      admits: "nobody else",
    },
  ],
  unwise: ["`csrf_exempt` on a view that trusts the session's cookie: other sites may then act in the user's name"],
  ask: {
    question: "Does the body or a header of the request hold the token (`csrfmiddlewaretoken`, `X-CSRFToken`)?",
    why: "Absent proves it; present points to a wrong token or header name.",
  },
  sources: [
    "django/django django/middleware/csrf.py",
    "https://docs.djangoproject.com/en/stable/howto/csrf/",
    "https://github.com/vad/django-ajaxutils/issues/6",
    "https://github.com/mgalante/jquery.redirect/issues/45",
    "django/django django/conf/locale",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Django's reason when no token was sent",
      all: [{ in: ["body", "log", "symptom"], text: /CSRF token missing(?! or incorrect)(?! (?:from|in) )/i }],
      none: [{ in: ["body", "log", "symptom"], text: /CSRF Failed: CSRF/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Django before 4 says this for a missing token and for a wrong one",
      all: [{ in: ["body", "log", "symptom"], text: /CSRF token missing or incorrect/i }],
      none: [
        { in: ["body", "log", "symptom"], text: /CSRF Failed: CSRF/i },
        {
          in: ["symptom"],
          text: /\b(?:log(?:ged|ging)? ?out|second (?:time|login)|again|another tab|back button|cached?|stale|old (?:cookie|token))\b/i,
        },
      ],
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
      none: [{ in: ["body", "log"], text: /CSRF\s{1,20}cookie|Referer|(?:Origin) checking/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "an unsafe request by a script or an API client to Django",
      all: [
        { in: ["symptom"], text: /\b(?:ajax|fetch|axios|jquery|xhr|curl|postman|script|POST|form|upload)\b/i },
        { in: ["symptom", "config"], text: /\bdjango\b/i },
      ],
      none: [
        {
          in: ["body", "log", "symptom"],
          text: /cookie not set|checking failed|\bDRF\b|rest_framework|credentials were not provided/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the template has no tag for the token",
      all: [{ in: ["symptom", "config"], text: /csrf_token|csrfmiddlewaretoken|X-CSRFToken/ }],
      none: [{ in: ["symptom", "config", "body", "log"], text: /express|app\.use\(|csurf/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "views of Django that take unsafe methods only",
      all: [{ in: ["config"], text: /require_POST|@ajax\(|CsrfViewMiddleware|csrf_protect|django/ }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a Django server answers an unsafe request",
      all: [
        { in: ["headers"], text: /server: ?(?:WSGIServer|gunicorn|uvicorn|waitress)|vary: ?[^\n]{0,40}cookie/i },
        { in: ["symptom", "request"], text: /\b(?:POST|PUT|PATCH|DELETE|form|log-?in)\b/ },
      ],
      none: [
        { in: ["headers"], text: /allow: /i },
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /fastapi|starlette|flask|php|wordpress|express|spring/i,
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
    {
      weight: "against",
      basis: "source",
      says: "the trace is Node's",
      all: [
        { in: ["body", "log", "symptom"], text: /node_modules|\blusca\b|\bsails\b|\bat \S{1,60} \(\S{1,120}\.js:\d/ },
      ],
    },
  ],
})
