import { foreignCause } from "../cause.ts"

export const laravelCsrf = foreignCause({
  code: "laravel/csrf",
  emitter: "laravel",
  title: "Laravel's CSRF check does not accept the request",
  why: "Laravel compares a token in the form or header with the session and answers 419; newer releases also look at where the browser says the request came from, and answer 403 where that is another site.",
  fix: [
    {
      by: "caller",
      does: "Put `@csrf` into the form, or send the `XSRF-TOKEN` cookie's value in `X-XSRF-TOKEN` with the session's cookie",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Set `SESSION_DOMAIN`, `SANCTUM_STATEFUL_DOMAINS` and the trusted origins to the names the site is reached by",
      admits: "pages of those names",
    },
  ],
  unwise: ["Listing the route as an exception of the CSRF check: other sites may then act in the user's name"],
  ask: {
    question:
      "Does the request carry the session's cookie and a token, and does it pass right after the page is loaded anew?",
    why: "Without them it is the client; old ones point to the session's lifetime.",
  },
  sources: [
    "laravel/framework src/Illuminate/Foundation/Exceptions/Handler.php",
    "laravel/framework src/Illuminate/Foundation/Http/Middleware/VerifyCsrfToken.php",
    "https://laravel.com/docs/csrf",
    "https://github.com/laravel/framework/issues/36903",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Laravel's exception for a token that does not fit",
      all: [{ in: ["body", "log", "symptom"], text: /TokenMismatchException/ }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Laravel's sentence for a token that does not fit",
      all: [{ in: ["body", "log", "symptom"], text: /CSRF token mismatch/i }],
      none: [{ in: ["body", "log", "symptom"], text: /\bnuxt\b|nuxt-csurf|\/_nuxt\//i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Laravel's page for it",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\b419\b[^\n]{0,20}(?:Page Expired|unknown status)|Page Expired|The page has expired due to inactivity/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Laravel's words where the browser tells of another site",
      all: [{ in: ["body", "log"], text: /Origin mismatch/ }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "CSRF in Laravel",
      all: [
        { in: ["symptom"], text: /\b(?:laravel|livewire|sanctum|inertia)\b/i },
        { in: ["symptom", "config"], text: /\b(?:csrf|419|token|xsrf)\b/i },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /unauthorized|Invalid signature/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Laravel's page for a token that does not fit, translated",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\b419\b[^\n]{0,20}(?:P[aá]gina expirada|Seite abgelaufen|Page expir[eé]e|Pagina scaduta|Страница устарела|页面(?:已)?过期|ページの有効期限|session has expired)/i,
        },
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
