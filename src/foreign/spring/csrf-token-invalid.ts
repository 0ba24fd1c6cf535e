import { foreignCause } from "../cause.ts"

export const springCsrfTokenInvalid = foreignCause({
  code: "spring/csrf-token-invalid",
  emitter: "spring",
  title: "The CSRF token that was sent is not the session's",
  why: "Spring Security compares the token with one in the session or a cookie. A new session (a Secure cookie over plain http, another instance, a restart), a login that changed the token, and since version 6 a token that is not encoded as expected leave one that does not fit.",
  fix: [
    { by: "caller", does: "Fetch the token anew, with the session's cookie, and send both", admits: "nobody else" },
    {
      by: "operator",
      does: "Let the session live: `server.servlet.session.cookie.secure` only with https, sessions shared between instances, and for scripts `CookieCsrfTokenRepository` with the handler for single-page applications",
      admits: "nobody else",
    },
  ],
  unwise: ["`csrf().disable()` for an application that logs in by cookie: other sites may then act in the user's name"],
  ask: {
    question: "Is the session's cookie the same on the request for the token and on the refused one?",
    why: "A different one means that the session was lost; the same one, that the token is encoded or taken wrongly.",
  },
  sources: [
    "spring-projects/spring-security web/src/main/java/org/springframework/security/web/csrf/InvalidCsrfTokenException.java",
    "spring-projects/spring-security web/src/main/java/org/springframework/security/web/csrf/CsrfFilter.java",
    "https://docs.spring.io/spring-security/reference/servlet/exploits/csrf.html",
    "https://github.com/php-coder/mystamps/issues/670",
    "https://github.com/it-at-m/digiwf-core/issues/1012",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Spring Security names the token that did not fit",
      all: [{ in: ["body", "log", "symptom"], text: /Invalid CSRF Token '(?!null')[^'\n]{1,200}' was found/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the reactive filter's sentence for a token that does not fit",
      all: [{ in: ["body", "log", "symptom"], text: /Invalid CSRF Token(?! '| token)(?! found for)/ }],
      none: [{ in: ["body", "log", "symptom"], text: /csurf|EBADCSRF|ForbiddenError|express|invalid csrf token\b/ }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "the filter logs this for a missing token too",
      all: [{ in: ["log", "symptom"], text: /Invalid CSRF token found for/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the session or its cookie is in question",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:session|cookies?|secure|spring (?:boot )?3|gateway|XSRF|angular|SPA|after log ?in|expired?|multiple (?:instances|replicas))\b/i,
        },
        { in: ["symptom", "body", "log"], text: /csrf/i },
        { in: ["symptom", "body", "log", "config"], text: /\bspring\b|Invalid CSRF token|o\.s\.security|CsrfFilter/i },
      ],
      none: [{ in: ["body", "log"], text: /Token 'null'|no token was found|Expected CSRF token/ }],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "the repository of tokens in a cookie",
      all: [
        {
          in: ["config"],
          text: /CookieCsrfTokenRepository|XorCsrfTokenRequestAttributeHandler|CsrfTokenRequestAttributeHandler/,
        },
      ],
    },
    {
      weight: "against",
      basis: "source",
      says: "a null token or none is a missing one",
      all: [{ in: ["body", "log", "symptom"], text: /MissingCsrfTokenException|Token 'null'/ }],
    },
  ],
})
