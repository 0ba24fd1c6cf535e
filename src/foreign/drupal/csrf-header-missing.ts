import { foreignCause } from "../cause.ts"

export const drupalCsrfHeaderMissing = foreignCause({
  code: "drupal/csrf-header-missing",
  emitter: "drupal",
  title: "Drupal wants an X-CSRF-Token with unsafe requests that a cookie logs in",
  why: "A session's cookie goes along with requests that other sites cause. Drupal's REST routes therefore ask for a token that only a script of its own may read, from `/session/token`.",
  fix: [
    {
      by: "caller",
      does: "Fetch `/session/token` with the session's cookie, and send what it answers in `X-CSRF-Token`",
      admits: "nobody else",
    },
    { by: "caller", does: "Use OAuth or basic authentication without the cookie, for programs", admits: "nobody else" },
  ],
  unwise: ["Taking `_csrf_request_header_token` off the route: other sites may then act in the user's name"],
  ask: {
    question: "Does the request carry Drupal's session cookie (`SESS…` or `SSESS…`)?",
    why: "With the cookie the token is needed; without it, it is not.",
  },
  sources: [
    "https://github.com/drupal/drupal/blob/11.x/core/lib/Drupal/Core/Access/CsrfRequestHeaderAccessCheck.php",
    "https://www.drupal.org/docs/8/core/modules/rest/1-getting-started-rest-configuration-rest-request-fundamentals",
    "https://github.com/zivtech/react-drupal-example/issues/2",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Drupal's reasons for it",
      all: [{ in: ["body", "log", "symptom"], text: /X-CSRF-Token request header is (?:missing|invalid)/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the requirement or address of Drupal's token",
      all: [
        {
          in: ["request", "config", "symptom"],
          text: /_csrf_request_header_token|\/session\/token\b|\/rest\/session\/token/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "CSRF in Drupal",
      all: [
        { in: ["symptom"], text: /\bdrupal\b/i },
        { in: ["symptom", "body", "request"], text: /csrf|\bsession token\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "an unsafe request to Drupal",
      all: [
        { in: ["symptom", "request"], text: /\bdrupal\b|_format=(?:hal_)?json|\/jsonapi\//i },
        { in: ["request", "symptom"], text: /\b(?:POST|PATCH|DELETE|updat\w*|creat\w*)\b/ },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "modules and programs for Drupal's REST",
      all: [{ in: ["symptom"], text: /\b(?:drupal|civicrm|restws)\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a header with the token is told to be missing",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /CSRF[- ]token[^\n]{0,30}\b(?:missing|required|absent|not (?:sent|set|given))\b[^\n]{0,30}\bheaders?\b|\bheaders?\b[^\n]{0,20}CSRF[- ]token[^\n]{0,20}\bmissing|X-CSRF-Token[^\n]{0,30}\b(?:header )?(?:is )?missing/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /spring|django|rails|laravel|express|csurf|\bsap\b|odata|jenkins|grafana|gitlab/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the address is that of a Drupal site",
      all: [{ in: ["request"], text: /\/(?:d[678]|drupal)[\w-]{0,12}\/|\?q=|\/node\/\d|\/entity\//i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the words of Drupal's services module and of older releases",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\[ ?"CSRF validation failed"|"X-CSRF-Token request header is (?:missing|invalid)|Access denied for user anonymous|\[ ?"Access denied for user/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "source",
      says: "Drupal names a right that is missing, no token",
      all: [{ in: ["body", "log", "symptom"], text: /the selected (?:resource|field)|permission is required/i }],
    },
  ],
})
