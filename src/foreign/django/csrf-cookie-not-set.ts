import { foreignCause } from "../cause.ts"

export const djangoCsrfCookieNotSet = foreignCause({
  code: "django/csrf-cookie-not-set",
  emitter: "django",
  title: "Django's CSRF cookie did not come with the request",
  why: "Django compares a token in the form or header with one in a cookie that only its own pages can set. Without the cookie there is nothing to compare, and every unsafe request is refused. A Secure cookie over plain http, a cookie for another domain, blocked cookies and clients without a cookie jar lead here.",
  fix: [
    {
      by: "caller",
      does: "Fetch a page of the site first, keep its cookies, and send them along with the token",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Set `CSRF_COOKIE_SECURE` and `CSRF_COOKIE_DOMAIN` to what the site is reached by, and use `ensure_csrf_cookie` on the view that serves the page",
      admits: "nobody else",
    },
  ],
  unwise: ["`csrf_exempt` on the view or removing `CsrfViewMiddleware`: other sites may then act in the user's name"],
  ask: {
    question: "Does the answer to the page's GET set `csrftoken`, and does the POST carry it?",
    why: "Set but not carried points to Secure, domain or SameSite; not set points to the view.",
  },
  sources: [
    "django/django django/middleware/csrf.py",
    "https://docs.djangoproject.com/en/stable/ref/csrf/",
    "https://github.com/yeongzhiwei/issues-tracker/issues/48",
    "django/django django/conf/locale",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Django's reason when the cookie is absent",
      all: [{ in: ["body", "log", "symptom"], text: /CSRF cookie not set|No CSRF or session cookie/i }],
      none: [{ in: ["body", "log", "symptom"], text: /CSRF Failed: CSRF cookie/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Django's reason when the cookie is absent, told by the REST framework",
      all: [{ in: ["body", "log", "symptom"], text: /CSRF Failed: CSRF cookie not set/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Django's page says this for a missing cookie only",
      all: [{ in: ["body", "log"], text: /requires a CSRF\s{1,20}cookie when submitting forms/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the cookie is only sent over https",
      all: [{ in: ["config"], text: /CSRF_COOKIE_SECURE ?= ?True/ }],
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
    },
    {
      weight: "fair",
      basis: "case",
      says: "the report says that cookies are blocked or lost",
      all: [
        {
          in: ["symptom"],
          text: /\bcookies?\b[^\n]{0,60}\b(?:not set|blocked|disabled|off|missing|lost|overwr\w*|not sent)\b/i,
        },
        { in: ["symptom", "body", "log", "config"], text: /\b(?:django|csrf)\b/i },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "cookie settings of Django",
      all: [{ in: ["config"], text: /(?:CSRF|SESSION)_COOKIE_(?:DOMAIN|SAMESITE|SECURE|PATH)/ }],
    },
    {
      weight: "against",
      basis: "source",
      says: "Django named another reason",
      all: [{ in: ["body", "log"], text: /(?:Origin|Referer) checking failed|CSRF token (?:missing|from)/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Django's page for a failed check, in a frame of another site, where cookies are kept back",
      all: [
        { in: ["body", "log", "symptom"], text: /CSRF[- ]?verif\w{0,12} (?:has )?fail|CSRF cookie|csrftoken|django/i },
        { in: ["symptom"], text: /\bi?frames?\b|third[- ]party cookies?|cross[- ]site cookies?|same-?site/i },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /Origin checking|Referer checking|token missing/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "over plain http a cookie that is marked secure is not sent back",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:over|plain|via|served over|using|on) (?:plain |insecure )?http\b(?!s)|\bsecure cookies?\b|\bsecure cookie settings\b|COOKIE_SECURE/i,
        },
        { in: ["symptom"], text: /\b(?:log-?in|log in|logging in|forms?|csrf|submit\w{0,4}|csrftoken)\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /spring|express|laravel|rails|jenkins|session cookie|Origin checking|jsessionid/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Django's cookie for the check is told not to be there",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:no|not|never|missing|without|lacks?|n't)\b[^\n]{0,30}\b(?:csrf ?token cookie|csrf[ _]?cookie|cookie (?:named )?csrf\w{0,6})\b|\b(?:csrf ?token cookie|csrf[ _]?cookie|csrftoken)\b[^\n]{0,30}\b(?:not|never|n't|missing|empty|absent|overwrit\w{1,4}|no longer)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /XSRF|spring|express|csurf|laravel|rails/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Django's translated page for a missing cookie",
      all: [
        {
          in: ["body", "log"],
          text: /(?:CSRF-Cookie|cookie CSRF|CSRF-cookie|CSRF ?cookie|ciasteczka CSRF|CSRFクッキー|CSRF 쿠키)[^\n]{0,60}(?:Formular|formul|form|Verarbeiten|提交|送出|必須|필요)|(?:Formular|formul|formu|フォーム|폼|表單|表单)[^\n]{0,60}(?:CSRF[- ]?(?:Cookie|クッキー|쿠키)|CSRF tanımlama|cookie CSRF)/i,
        },
      ],
      none: [{ in: ["body", "log"], text: /requires a CSRF/i }],
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
