import { foreignCause } from "../cause.ts"

export const expressCsrfMiddlewareOrder = foreignCause({
  code: "express/csrf-middleware-order",
  emitter: "express",
  title: "The CSRF check runs before the middleware that reads body, cookies or session",
  why: "The check looks for the token in the parsed body and for its secret in the session or cookie. Mounted before the parsers, it sees neither, and every form is refused though its token is right.",
  fix: [
    {
      by: "operator",
      does: "Mount session, cookie-parser and the body parser before the CSRF middleware",
      admits: "nobody else",
    },
    { by: "caller", does: "Send the token in the `CSRF-Token` header, which needs no parser", admits: "nobody else" },
  ],
  unwise: ["Leaving the check out of the route: other sites may then act in the user's name"],
  ask: {
    question: "In which order are `express.urlencoded`, `cookieParser`, `session` and the CSRF middleware mounted?",
    why: "The check before any of them is the cause.",
  },
  sources: [
    "expressjs/csurf index.js",
    "https://github.com/expressjs/csurf#readme",
    "https://github.com/EthanRBrown/web-development-with-node-and-express/issues/88",
  ],
  clues: [
    {
      weight: "strong",
      basis: "case",
      says: "the token was sent, and is found invalid all the same",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:though|although|even though|despite|but)\b[^\n]{0,60}\b(?:token|_csrf|hidden)\b|\b(?:token|_csrf|hidden (?:field|input|token))\b[^\n]{0,60}\b(?:is|was|gets?|being) (?:sent|there|present|set|included|passed|correct|the same)|\b(?:order|before|after)\b[^\n]{0,40}\b(?:body-?parser|cookie-?parser|middleware|session)\b/i,
        },
        { in: ["symptom", "body", "log"], text: /csrf|csurf/i },
      ],
      none: [
        {
          in: ["symptom", "body", "config", "log", "request"],
          text: /multipart|multer|formidable|busboy|enctype|upload|django|spring|jenkins|rails|laravel/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "csurf and its kin write this",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /ForbiddenError: invalid csrf token|EBADCSRFTOKEN|\binvalid csrf token\b/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the check is mounted before a parser",
      all: [
        {
          in: ["config"],
          text: /app\.use\((?:csrf|csurf|csrfProtection|lusca|doubleCsrf\w{0,20})\b[\s\S]{0,400}(?:bodyParser\.\w{1,12}|bodyParser|express\.(?:urlencoded|json)|cookieParser|session)\(/,
        },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "parsers are in play",
      all: [
        { in: ["symptom", "config"], text: /body-?parser|cookie-?parser|express\.urlencoded|app\.use\(/i },
        { in: ["symptom", "body", "log", "config"], text: /csrf|csurf/i },
      ],
    },
    {
      weight: "against",
      basis: "case",
      says: "the call comes from another origin, whose cookie is not sent",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:different|another|other)\b[^\n]{0,12}\b(?:domains?|hosts?|origins?|sites?)\b|\bcross-?(?:origin|domain|site)\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the hidden token is sent with the form, and it fails all the same",
      all: [
        {
          in: ["symptom"],
          text: /\bhidden (?:csrf )?(?:token|field|input)\b|\b(?:token|_csrf)\b[^\n]{0,30}\bhidden (?:field|input)\b/i,
        },
        { in: ["symptom"], text: /\b(?:form|POST|submit\w{0,4}|sent|present|included)\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /django|spring|rails|laravel|multipart|enctype|upload|jenkins/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "all is told to be right, and the token is invalid",
      all: [
        {
          in: ["symptom"],
          text: /\beverything\b[^\n]{0,30}\b(?:right|correct|fine|ok)\b|\bno matter what\b|\btried everything\b|\bfollow\w{0,3} (?:the )?(?:docs?|readme|documentation|example)\b/i,
        },
        { in: ["body", "log", "symptom"], text: /invalid csrf token|EBADCSRFTOKEN|csurf/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /multipart|upload|enctype|multer|another origin|cross/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the session has ended or was set up after the check",
      all: [
        { in: ["symptom"], text: /\bsession\b[^\n]{0,30}\b(?:expired|expires|ended|after|before|order)\b/i },
        { in: ["body", "log", "symptom"], text: /invalid csrf token|EBADCSRFTOKEN|csurf/i },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the code is told to be right",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:code|set-?up|config\w*)\b[^\n]{0,20}\b(?:is|was|looks?) (?:all )?(?:right|correct|fine|ok)\b|\beverything in the code\b/i,
        },
        { in: ["body", "log", "symptom"], text: /invalid csrf token|EBADCSRFTOKEN/i },
      ],
      none: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /multipart|upload|enctype|multer/i },
      ],
    },
  ],
})
