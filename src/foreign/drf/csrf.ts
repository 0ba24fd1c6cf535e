import { foreignCause } from "../cause.ts"

export const drfCsrf = foreignCause({
  code: "drf/csrf",
  emitter: "django",
  title: "A session's cookie was accepted as login, and then the CSRF token is missing or wrong",
  why: "Django REST framework asks for a CSRF token only where the session's cookie proved who it is. A stray session cookie beside a token, or a browser client without the header, is therefore refused although the login is right.",
  fix: [
    {
      by: "caller",
      does: "Send the `csrftoken` cookie's value in `X-CSRFToken`, or leave the session's cookie out and use the token alone",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Put TokenAuthentication (or JWT) before SessionAuthentication, or take SessionAuthentication off views meant for programs",
      admits: "nobody else",
    },
  ],
  unwise: ["A SessionAuthentication whose `enforce_csrf` does nothing: other sites may then act in the user's name"],
  ask: {
    question: "Does the request carry a `sessionid` cookie beside its token?",
    why: "With it the session is what authenticates, and CSRF applies.",
  },
  sources: [
    "encode/django-rest-framework rest_framework/authentication.py",
    "https://www.django-rest-framework.org/api-guide/authentication/#sessionauthentication",
    "https://github.com/Tivix/django-rest-auth/issues/16",
    "https://github.com/marcgibbons/django-rest-swagger/issues/14",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "the REST framework puts these words before Django's reason",
      all: [{ in: ["body", "log", "symptom"], text: /CSRF Failed: CSRF (?:token|cookie)/i }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "the REST framework puts these words before Django's reason",
      all: [{ in: ["body", "log", "symptom"], text: /CSRF Failed:/i }],
      none: [{ in: ["body", "log", "symptom"], text: /CSRF Failed: ?(?:Origin|Referer) checking/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "sessions authenticate an API",
      all: [{ in: ["config"], text: "SessionAuthentication" }],
      none: [{ in: ["body", "log"], text: /credentials were not provided/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a token of the REST framework is sent, and CSRF fails all the same",
      all: [
        { in: ["request"], text: /authorization["']?: ?["']?(?:Token|JWT)\b/i },
        { in: ["symptom"], text: /\bcsrf\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an API with logins by token reports CSRF",
      all: [
        { in: ["symptom"], text: /\btoken(?:[- ]?auth\w*| log-?in| and session)?\b/i },
        { in: ["symptom"], text: /\bAPI\b|\bmobile\b/i },
        { in: ["symptom"], text: /\bcsrf (?:error|fail\w*|check|verification)/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a CSRF failure in Django's REST framework",
      all: [
        { in: ["symptom"], text: /\b(?:DRF|rest[- _]framework|dj-rest-auth|rest-auth)\b/i },
        { in: ["symptom", "body", "log"], text: /csrf/i },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "who is logged in to Django's admin site has a session's cookie, for which the API then asks for a token",
      all: [
        {
          in: ["symptom"],
          text: /\blogged in(?:to| to)?\b[^\n]{0,20}\badmin(?: site| page| panel)?\b|\badmin (?:site )?session\b|\bsession ?cookie\b/i,
        },
        { in: ["symptom"], text: /\bAPI\b|\bPOST\b|rest[- ]framework|\bDRF\b/ },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /csrf|django|\bDRF\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /spring|laravel|rails|jenkins|express|crumb|origin checking/i,
        },
      ],
    },
  ],
})
