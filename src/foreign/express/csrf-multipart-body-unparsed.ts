import { foreignCause } from "../cause.ts"

export const expressCsrfMultipartBodyUnparsed = foreignCause({
  code: "express/csrf-multipart-body-unparsed",
  emitter: "express",
  title: "The token is in a multipart form, which nothing has parsed when the CSRF check looks",
  why: "Express' own body parsers do not read multipart. Where the check runs before multer or its like, the form's token is not in the body yet, and uploads are refused while plain forms pass.",
  fix: [
    {
      by: "operator",
      does: "Run the multipart parser before the check on that route, with limits on size and number of files",
      admits: "nobody else",
    },
    { by: "caller", does: "Send the token in the `CSRF-Token` header of the upload", admits: "nobody else" },
  ],
  unwise: [
    "The token in the address's query: it ends up in logs and Referer fields",
    "Leaving the check out of uploads: other sites may then upload in the user's name",
  ],
  ask: {
    question: 'Does the same form pass without `enctype="multipart/form-data"`, or with the token in a header?',
    why: "If so, the body was not parsed when the check ran.",
  },
  sources: [
    "expressjs/csurf index.js",
    "https://github.com/expressjs/csurf/issues/58",
    "https://github.com/expressjs/csurf/issues/170",
    "https://github.com/expressjs/multer/issues/71",
  ],
  clues: [
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
      basis: "case",
      says: "an upload or multipart form",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:multipart|form[- ]?data|multer|formidable|busboy|multiparty|enctype|upload\w*|file|(?<!docker |latest |container )image|photo|avatar)\b/i,
        },
        { in: ["symptom", "body", "log", "config"], text: /csrf|csurf/i },
      ],
      none: [{ in: ["symptom", "body", "log", "config"], text: /django|spring|rails|laravel|jenkins/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "a multipart parser or form in the code",
      all: [
        {
          in: ["config"],
          text: /multer|formidable|busboy|multiparty|multipart\/form-data|upload\.(?:single|array|fields|any|none)/i,
        },
        { in: ["symptom", "body", "log", "config"], text: /csrf|csurf/i },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the request's body is multipart",
      all: [
        { in: ["request", "headers"], text: /multipart\/form-data/i },
        { in: ["symptom", "body", "log"], text: /invalid csrf|csurf|EBADCSRF/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a multipart form and a token that is told to be invalid",
      all: [
        { in: ["symptom"], text: /\bmultipart\b|\benctype\b|\bform-?data\b|\bmulter\b/i },
        {
          in: ["symptom"],
          text: /\binvalid token\b|\btokens? (?:is |as )?(?:told to be )?(?:invalid|refused|rejected)|\bcsrf\b|\btoken invalid\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /django|spring|rails|laravel|jenkins|presigned|\bs3\b|\bapi ?key\b|jwt|bearer/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "of the forms only those with a file are refused",
      all: [
        { in: ["symptom"], text: /\bforms?\b/i },
        { in: ["symptom"], text: /\b(?:image|file|upload|avatar|photo)\b/i },
        { in: ["symptom"], text: /\bother (?:forms?|pages?|requests?)\b[^\n]{0,20}\b(?:work|pass|fine)/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /modsec|cloudflare|aws|wordpress|nginx|apache/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a multipart form fails where others pass",
      all: [{ in: ["symptom"], text: /\benctype\b|\bmultipart(?:\/form-data)?\b|\bmulter\b/i }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /django|spring|rails|laravel|jenkins|modsec|boundary|CRS\b|\bs3\b|presigned|waf|cloudfront|aws/i,
        },
      ],
    },
  ],
})
