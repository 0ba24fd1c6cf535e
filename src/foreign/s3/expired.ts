import { foreignCause } from "../cause.ts"

export const s3Expired = foreignCause({
  code: "s3/expired",
  emitter: "s3",
  title: "The presigned address or the form's policy has expired",
  why: "A presigned request is good until the time signed into it, and never longer than the credentials that signed it. Afterwards it is refused whoever sends it.",
  fix: [
    {
      by: "caller",
      does: "Fetch a new address shortly before it is used",
      admits: "whoever gets the address, until it expires",
    },
    {
      by: "operator",
      does: "Sign with a lifetime that covers the slowest upload, and with credentials that live as long",
      admits: "whoever gets the address, for that time",
    },
    { by: "operator", does: "Set the clock of the signing machine by NTP", admits: "nobody else" },
  ],
  unwise: ["Making the object public instead of signing admits everyone who has the address, for good"],
  ask: {
    question: "How long after signing was the request sent, and do the clocks of signer and store agree?",
    why: "An address kept too long, a short lifetime and a slow clock all end in the same message",
  },
  sources: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html",
    "https://github.com/minio/minio (cmd/api-errors.go)",
    "https://github.com/aws/aws-sdk-php/issues/1333",
    "https://github.com/aws/aws-sdk-js/issues/2306",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the store says so of a presigned request past its time",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Request has expired|<Code>ExpiredRequest<|Request is not valid yet|\bErrExpiredPresignRequest\b/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "the store says so of a form whose policy is past its time",
      all: [{ in: ["body", "log", "symptom"], text: /Invalid according to Policy: Policy expired/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the store says so of a session token past its time",
      all: [{ in: ["body", "log", "symptom"], text: /<Code>ExpiredToken<\/Code>|\bThe provided token has expired\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a presigned address stops working after a while",
      all: [
        { in: ["symptom"], text: /\bpre-?signed\b|\bsigned ur[il]s?\b|\btemporary links?\b/i },
        {
          in: ["symptom"],
          text: /\bexpir\w{0,6}\b|\bafter (?:a while|an? (?:hour|day|minute|few)|some time)|\bold links?\b|\bnow and then\b|\bsometimes\b|\boccasional\w{0,2}\b|\bintermittent\w{0,2}\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "the answer tells when it expired",
      all: [{ in: ["body"], text: /<X-Amz-Expires>|<Expires>20\d\d-/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a link that worked before does not any more",
      all: [
        { in: ["symptom"], text: /\b(?:pre-?)?signed\b[^\n]{0,12}\b(?:urls?|links?)\b/i },
        {
          in: ["symptom"],
          text: /\b(?:worked|yesterday|earlier|any ?more|no longer|later|old|stale|days?|hours?|week)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /cloudfront|laravel|signature(?! v)|content-?type/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "codes for a token or signature whose time is over",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\bExpiredToken(?:Exception)?\b|The provided token has expired|X-Amz-Expires must be/,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /execute-api|bedrock/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "an address that holds for minutes, and an upload that lasts longer",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /X-Amz-Expires=|\bpre-?signed|\bsigned url/i,
        },
        { in: ["symptom"], text: /\b(?:large|big|huge|multi-?part|slow|resum\w{1,5})\b/i },
        {
          in: ["symptom"],
          text: /\b(?:stops?|after|part(?:way)?|mid(?:way|dle)|percent|%|eventually|halfway|later|minutes)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /SignatureDoesNotMatch|AccessDenied|TooSkewed|content-?type/i,
        },
      ],
    },
  ],
})
