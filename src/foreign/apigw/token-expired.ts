import { foreignCause } from "../cause.ts"

export const apigwTokenExpired = foreignCause({
  code: "apigw/token-expired",
  emitter: "apigateway",
  title: "The AWS credentials or the signature of the request have expired",
  why: "Temporary credentials and signatures live for minutes to hours. A request signed with a token that has run out, or with a date kept from an earlier one, is refused.",
  fix: [
    {
      by: "caller",
      does: "Fetch fresh credentials and sign each request anew at the time it is sent",
      admits: "nobody else",
    },
    { by: "caller", does: "Set the clock by NTP where the dates differ from the server's", admits: "nobody else" },
  ],
  unwise: ["Long-lived access keys in place of temporary ones: whoever finds one has it for good"],
  ask: {
    question: "When were the credentials issued, and does the date in the signature match the time of sending?",
    why: "An expired token needs renewal; an old date means the signed request was reused or the clock is wrong",
  },
  sources: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html",
    "https://github.com/mhart/aws4/issues/118",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the type of gateway response for an expired token",
      all: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: "EXPIRED_TOKEN" }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the session token has run out, at an API Gateway stage",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /security token included in the request is expired|Signature expired:/i,
        },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /execute-api|\bAPI ?Gateway\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "an AWS session token has run out",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /security token included in the request is expired|\bExpiredTokenException\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /<Code>ExpiredToken<|\bs3\b|\bbedrock\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the signed date is too old",
      all: [{ in: ["body", "log", "symptom"], text: /Signature expired: [0-9TZ]{8,16} is now earlier than/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "API Gateway refuses a token after some time",
      all: [
        { in: ["symptom"], text: /\bapi gateway\b|execute-api/i },
        { in: ["symptom"], text: /\bexpir\w{0,6}\b|\bafter (?:an|one|a few|some) (?:hours?|minutes?|time)\b/i },
      ],
    },
  ],
})
