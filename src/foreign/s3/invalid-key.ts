import { foreignCause } from "../cause.ts"

export const s3InvalidKey = foreignCause({
  code: "s3/invalid-key",
  emitter: "s3",
  title: "The store does not know this access key, or the key may not be used here",
  why: "The access key identifies who signs. A key of another partition, account or store, a deleted one, or a temporary one without its token is not known.",
  fix: [
    {
      by: "caller",
      does: "Use a key that exists at this endpoint, and send the session token with a temporary one",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Check which credentials the program picks up: environment, profile, instance role",
      admits: "nobody else",
    },
    { by: "operator", does: "Point the client at the endpoint the key belongs to", admits: "nobody else" },
  ],
  ask: {
    question: "Which access key does the answer name, and where does the program take it from?",
    why: "It is often another key than the one meant",
  },
  sources: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
    "https://github.com/aws/aws-sdk-java-v2/issues/1477",
    "https://github.com/raster-foundry/raster-foundry/issues/289",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the store's code for a key it does not know",
      all: [{ in: ["body", "log", "symptom"], text: "InvalidAccessKeyId" }],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "the store says so of a key it does not know",
      all: [{ in: ["body", "log", "symptom"], text: /Access Key ?Id you provided does not exist in our records/i }],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "the store's code for a token it cannot read, or an account that is shut",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\b(?:InvalidTokenId|AllAccessDisabled|AccountProblem|InvalidSecurity|NotSignedUp)\b/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a key is said to be right and is refused",
      all: [
        { in: ["symptom"], text: /\baccess[ _-]?key\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\b(?:s3|aws|minio|bucket|spaces|r2|ceph)\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "codes and sentences for a key or token that the service does not know",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\bInvalidClientTokenId\b|<Code>Invalid(?:Token|Security)<|<Code>NotSignedUp<|The provided token is malformed|The provided security credentials are not valid|The Access Key Id you provided does not exist/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "AWS' words for a token that is not valid",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /The security token included in the request is invalid|UnrecognizedClientException/,
        },
      ],
      none: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /execute-api|apigateway|bedrock/i },
      ],
    },
  ],
})
