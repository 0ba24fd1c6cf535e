import { foreignCause } from "../cause.ts"

export const apigwFragmentInUrlTruncatedPath = foreignCause({
  code: "apigw/fragment-in-url-truncated-path",
  emitter: "apigateway",
  isNoMatterOfRights: true,
  title: "A `#` in the address cut the path short, and what is left matches no method of the API",
  why: "What follows a `#` is never sent (RFC 3986 §3.5). API Gateway sees a shorter path, finds no method for it and answers that a token is missing.",
  fix: [
    { by: "caller", does: "Write `#` in a path or key as `%23`", admits: "nobody else" },
    { by: "owner", does: "Encode each path segment before joining it into the address", admits: "nobody else" },
  ],
  ask: {
    question: "Which path does the access log of the stage show for this request?",
    why: "It ends where the `#` was",
  },
  sources: [
    "https://github.com/serverless-operations/serverless-apigateway-service-proxy/issues/110",
    "https://www.rfc-editor.org/rfc/rfc3986#section-3.5",
  ],
  clues: [
    {
      weight: "strong",
      basis: "case",
      says: "the address has a `#` that was not encoded",
      all: [
        {
          in: ["request", "symptom"],
          text: /https?:\/\/[^\s"'<>#]{1,400}#[^\s"'<>]|\b(?:path|key|name|url|uri|segment)s?\b[^\n]{0,80}(?:#|\bhash\b|\bfragment\b|\bpound\b)|(?:#|\bhash\b|\bfragment\b|\bpound\b)[^\n]{0,80}\b(?:path|key|name|url|uri)s?\b|%23/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /Missing Authentication Token|\bAPI ?Gateway\b|execute-api/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "API Gateway answers so where the path that arrived matches nothing",
      all: [
        { in: ["body", "log", "symptom"], text: "Missing Authentication Token" },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /[^&]#|%23|\bhash\b|\bfragment\b/i },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "the address of a stage has a `#` in its path, and API Gateway found no route for what is before it",
      all: [
        { in: ["request"], text: /execute-api\.[a-z0-9-]{1,40}\.amazonaws\.com[^\s"'#]{1,400}#[^\s"']/i },
        { in: ["body", "headers", "log", "symptom"], text: /Missing ?Authentication ?Token/i },
      ],
    },
  ],
})
