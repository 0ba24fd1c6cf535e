import { foreignCause } from "../cause.ts"

export const djangoCsrfTokenIncorrect = foreignCause({
  code: "django/csrf-token-incorrect",
  emitter: "django",
  title: "The CSRF token that was sent does not belong to the cookie",
  why: "Django changes the token at login. A form from before it, a second tab, a cached page, a token cut short, or a cookie of the same name from another application leaves a token that no longer fits.",
  fix: [
    { by: "caller", does: "Load the form again and send it with the token it now has", admits: "nobody else" },
    {
      by: "operator",
      does: "Keep pages with tokens out of caches (`Vary: Cookie`), and give each application on the host its own `CSRF_COOKIE_NAME`",
      admits: "nobody else",
    },
  ],
  unwise: ["`csrf_exempt` on the view: other sites may then act in the user's name"],
  ask: {
    question: "Does it also fail right after loading the form anew in a private window?",
    why: "If it then passes, the token was old; if not, the token is taken from the wrong place.",
  },
  sources: [
    "django/django django/middleware/csrf.py",
    "https://docs.djangoproject.com/en/stable/ref/csrf/",
    "https://github.com/python-gsoc/python-blogs/issues/92",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Django's reason when the token is there and wrong",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /CSRF token from (?:POST|the '[\w-]{1,60}' HTTP header) (?:incorrect|has incorrect length|has invalid characters)|CSRF token incorrect/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Django's reason when the cookie's content is no token",
      all: [{ in: ["body", "log", "symptom"], text: /CSRF cookie has (?:incorrect length|invalid characters)/i }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "Django before 4 says this for a missing token and for a wrong one",
      all: [{ in: ["body", "log", "symptom"], text: /CSRF token missing or incorrect/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the report tells of an old token: a second login, another tab, the back button, a cache",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:log(?:ged|ging)? ?out|second (?:time|login|try|attempt)|again|(?:an)?other tab|two tabs|multiple tabs|back button|cached?|stale|old (?:cookie|token)|rotat\w*|expired?|after (?:a |the )?(?:second|fresh|new|repeated) log ?in|after logging in (?:again|twice)|sometimes|intermittent\w*|random\w*|every other)\b/i,
        },
        {
          in: ["body", "log", "symptom"],
          text: /CSRF token missing or incorrect|CSRF[- ]?verif\w{0,12} (?:has )?fail(?:ed|ure|s)?\b|CSRF token from/i,
        },
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
      none: [{ in: ["body", "log"], text: /CSRF\s{1,20}cookie|Referer/ }],
    },
    {
      weight: "against",
      basis: "source",
      says: "the REST framework tells the reason",
      all: [{ in: ["body", "log"], text: /CSRF Failed: CSRF/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the first submission passes, and the next does not",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:second|twice|again|next) (?:time|submi\w{1,6}|try|attempt|post)\b|\bsubmitted twice\b/i,
        },
        { in: ["symptom", "request", "headers", "body", "log", "config"], text: /\bdjango\b|csrf verification/i },
      ],
    },
  ],
})
