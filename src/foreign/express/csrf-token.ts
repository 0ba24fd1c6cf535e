import { foreignCause } from "../cause.ts"

export const expressCsrfToken = foreignCause({
  code: "express/csrf-token",
  emitter: "express",
  title: "The request's CSRF token is missing or does not belong to its secret",
  why: "Middlewares such as csurf and csrf-csrf keep a secret in a cookie or the session and want a token made from it with every unsafe request. A script that sends none, or a cookie that did not come along, is refused.",
  fix: [
    {
      by: "caller",
      does: "Fetch the token from the application, keep its cookie, and send both (`CSRF-Token` or `X-CSRF-Token`)",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Apply the check to routes that a cookie logs in, and not to those called with a token in Authorization",
      admits: "nobody else, as long as no cookie logs in there",
    },
  ],
  unwise: ["Taking the check out for all routes: other sites may then act in the user's name"],
  ask: {
    question: "Does the refused request carry the `_csrf` (or session) cookie and a token?",
    why: "The one that is absent is the cause; both present point to the order of middlewares or a multipart body.",
  },
  sources: [
    "expressjs/csurf index.js",
    "Psifi-Solutions/csrf-csrf src/index.ts",
    "https://github.com/expressjs/csurf#readme",
    "fastify/csrf-protection index.js",
    "adonisjs/shield src/errors.ts",
  ],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "csurf and its kin write this",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /ForbiddenError: invalid csrf token|EBADCSRFTOKEN|\binvalid csrf token\b|misconfigured csrf/,
        },
      ],
      none: [
        { in: ["symptom", "body", "config", "log", "request"], text: /multipart|multer|formidable|enctype|upload/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "CSRF in an application of Express",
      all: [
        { in: ["symptom"], text: /\b(?:express|csurf|node\.?js|nestjs|fastify|koa|lusca)\b/i },
        { in: ["symptom", "body"], text: /\bcsrf\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the middleware in the code or trace",
      all: [{ in: ["log", "config"], text: /node_modules\/csurf|require\(["']csurf|doubleCsrf|csrf-csrf|lusca/ }],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "a client without cookies",
      all: [
        { in: ["symptom"], text: /\b(?:postman|insomnia|curl|axios|fetch|react|angular|mobile)\b/i },
        { in: ["symptom", "body"], text: /invalid csrf|csurf/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "an application on Express answers an unsafe request with the bare word",
      all: [
        { in: ["headers"], text: /x-powered-by: ?express/i },
        { in: ["body"], text: /^\s{0,8}forbidden\s{0,8}$/i },
        { in: ["symptom", "request"], text: /\b(?:POST|PUT|PATCH|DELETE)\b/ },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /django|spring|laravel|rails|jenkins|asp\.net|wordpress|cors|preflight|multipart|multer|upload/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an application on Express or Node refuses unsafe requests only",
      all: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /\bexpress(?:\.?js)?\b|\bnode(?:\.?js)? (?:server|app|application|back-?end)\b|\b(?:koa|fastify|nest\.?js|hapi|nuxt|lusca)\b/i,
        },
        { in: ["symptom", "request"], text: /\b(?:POST|PUT|PATCH|DELETE|forms?|submi\w{1,6})\b/ },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /django|spring|laravel|rails|jenkins|asp\.net|wordpress|cors|preflight|multipart|multer|upload/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "Express' own check is in use",
      all: [
        { in: ["config", "symptom", "log"], text: /\bexpress\.csrf\(|\bcsurf\b|csrf-csrf|lusca\.csrf|@fastify\/csrf/ },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "machine codes of Fastify's, Adonis' and others' CSRF plugins",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /FST_CSRF_(?:INVALID_TOKEN|MISSING_SECRET)|E_BAD_CSRF_TOKEN|"code": ?"EBADCSRFTOKEN"/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "other CSRF plugins of Node write this",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Missing csrf secret|Invalid or expired CSRF token|^\s{0,8}CSRF mismatch\b|(?:lusca|sails|hapi|@hapi\/crumb|koa-csrf|egg)[^\n]{0,80}\bcsrf\b|\bcsrf\b[^\n]{0,80}(?:\blusca|\bsails|@hapi\/crumb|koa-csrf|egg-security)/im,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "it depends on the browser or device, whose cookie or session may be missing",
      all: [
        {
          in: ["symptom"],
          text: /\bonly (?:in|on|with|from)\b[^\n]{0,24}\b(?:safari|firefox|chrome|mobile|iphone|ios|android|some (?:devices|browsers|users|testers))\b|\b(?:some|75 ?%|half) (?:of )?(?:my |the )?(?:users|testers|devices)\b/i,
        },
        { in: ["body", "log", "symptom"], text: /invalid csrf token|EBADCSRFTOKEN|csurf|fastify-csrf/i },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /multipart|upload|enctype/i }],
    },
  ],
})
