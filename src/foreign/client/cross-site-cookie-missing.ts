import { foreignCause } from "../cause.ts"

export const clientCrossSiteCookieMissing = foreignCause({
  code: "client/cross-site-cookie-missing",
  emitter: "client",
  title: "The browser did not send the session cookie, as the request comes from another site",
  why: "Browsers keep cookies back from requests that another site causes, unless the cookie says SameSite=None and Secure; frames and POST navigations from elsewhere then arrive without a session, and whoever checks for one refuses.",
  fix: [
    {
      by: "operator",
      does: "Serve the page and the API under one site (same registrable domain), so that the cookie goes along",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Set the cookie with `SameSite=None; Secure` and keep a CSRF token on everything that changes something",
      admits: "requests that other sites make in the user's name, up to the CSRF check",
    },
  ],
  unwise: [
    "Allowing credentials for every origin (`Access-Control-Allow-Credentials` with a reflected origin): any site may then act in the user's name",
  ],
  ask: {
    question:
      "Does the failing request carry a Cookie field, and does the same request from the site's own page succeed?",
    why: "Without the cookie there, and with it here, the browser's rule for other sites is the cause.",
  },
  sources: [
    "https://www.rfc-editor.org/rfc/rfc6265",
    "https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie",
    "https://github.com/matomo-org/matomo/issues/15414",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "the browser's console says that a cookie was kept back for its SameSite attribute",
      all: [
        {
          in: ["log", "symptom"],
          text: /cookie\b[^\n]{0,160}\bSameSite\b|SameSite[^\n]{0,80}\bcookie|cross-site (?:resource|context)[^\n]{0,120}SameSite/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the browser marked the request as caused by another site",
      all: [{ in: ["request", "headers"], text: /sec-fetch-site: ?cross-site/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "a cookie with this attribute is not sent with a POST, a frame or a script's request from another site",
      all: [{ in: ["headers", "config"], text: /SameSite ?[=:] ?["']?(?:Lax|Strict)/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "pages in frames of another site, and cookies of third parties, are where it happens",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:third[- ]party cookies?|cross[- ]site|same-?site|inside an? i?frame|(?:in|via|through|within) (?:an? )?i?frames?\b|embedded in (?:an ?other|a different) (?:site|page|domain))\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the cookie is said to be missing on the request",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:session )?cookies? (?:is|are|was|were)?(?: not|n't) (?:sent|included|passed|attached)|cookies? (?:get |gets |is |are )?(?:lost|dropped|missing)\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "a script asks another origin to be sent with cookies",
      all: [{ in: ["request", "config"], text: /withCredentials|credentials: ?["']include/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "page and API are of different sites, and the check needs a cookie of the API's",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:different|another|other|separate|two)\b[^\n]{0,20}\b(?:domains?|hosts?|origins?|sites?)\b|\bcross-?(?:origin|domain)\b/i,
        },
        {
          in: ["symptom", "body", "log"],
          text: /\binvalid csrf|csrf (?:token|cookie|error|failed)|csrf_?token|\bXSRF-TOKEN\b|\bcookies?\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /django|trusted origins|preflight|grafana|origin not allowed|referer checking|crumb|cloudflare|host header/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the cookie's SameSite keeps it from requests of another site",
      all: [
        { in: ["config"], text: /same_?site["']?\s{0,2}[:=]\s{0,2}["']?(?:strict|lax)/i },
        { in: ["symptom", "body", "log"], text: /csrf|session|cookie/i },
      ],
      none: [{ in: ["symptom", "body", "log"], text: /same (?:site|domain|origin)\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the application is made for calls of another origin, with cookies",
      all: [
        { in: ["config", "symptom"], text: /\bcredentials: ?(?:true|['"]include)|withCredentials|\bcors\(/i },
        { in: ["symptom", "body", "log"], text: /invalid csrf|csrf (?:token|cookie|error|failed)/i },
      ],
      none: [
        { in: ["symptom", "request", "headers", "body", "log", "config"], text: /django|trusted origins|preflight/i },
      ],
    },
    {
      weight: "against",
      basis: "case",
      says: "the form itself is taken for one of another site; nothing is told of a cookie",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\bCross-site POST form|\b(?:refused|rejected|blocked) as cross-?site/i,
        },
      ],
      none: [{ in: ["symptom"], text: /cookie|i?frame/i }],
    },
  ],
})
