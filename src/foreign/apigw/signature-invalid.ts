import { foreignCause } from "../cause.ts"

export const apigwSignatureInvalid = foreignCause({
  code: "apigw/signature-invalid",
  emitter: "apigateway",
  title: "The AWS signature of the request does not verify",
  why: "A method with IAM authorization takes only requests signed with Signature Version 4 for the service `execute-api`. A changed header, path, body or session token, or another region or service in the scope, makes another signature.",
  fix: [
    {
      by: "caller",
      does: "Sign the request as it is sent, for `execute-api` and the API's region, with the session token that belongs to the key",
      admits: "nobody else",
    },
  ],
  unwise: ["Setting the method's authorization to NONE admits everyone who can reach the API"],
  ask: {
    question: "Does the canonical request in the answer differ from the one that was signed?",
    why: "The line that differs is the one changed on the way",
  },
  sources: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html",
    "https://github.com/kndt84/aws-api-gateway-client/issues/31",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
    "https://github.com/aws/aws-sdk-go-v2/issues/163",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the type of gateway response for a signature that does not verify",
      all: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: "INVALID_SIGNATURE" }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "the signature was made for another service",
      all: [{ in: ["body", "log", "symptom"], text: /Credential should be scoped to correct service: '?execute-api/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "AWS answers so to a signature that does not verify, in JSON and not as S3 does",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /"message"\s{0,4}:\s{0,4}"The request signature we calculated does not match/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "API Gateway does not know the session token",
      all: [
        { in: ["body", "log", "symptom"], text: /security token included in the request is invalid/i },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /execute-api|\bAPI ?Gateway\b/i },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the error type of a signature that does not verify or is not whole",
      all: [
        { in: ["body", "log", "symptom", "headers"], text: /\b(?:InvalidSignature|IncompleteSignature)Exception\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "AWS does not know the session token",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /security token included in the request is invalid|\bUnrecognizedClientException\b/i,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bbedrock\b|anthropic|claude/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "a request signed for API Gateway",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /AWS4-HMAC-SHA256|\bsig(?:nature )?v4\b|\bIAM auth/i,
        },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /execute-api|\bAPI ?Gateway\b/i },
      ],
      none: [
        {
          in: ["body", "log", "symptom"],
          text: /is expired|Signature expired|security token included in the request is expired/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "API Gateway refuses a signed request",
      all: [
        { in: ["symptom"], text: /\bapi gateway\b|execute-api/i },
        { in: ["symptom"], text: /\bsign(?:ed|ature|ing)\b|\bsigv4\b|\bIAM auth\w{0,12}\b/i },
      ],
      none: [{ in: ["symptom", "body", "log"], text: /Missing Authentication Token|expired/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "calls of API Gateway are signed, and the signature is not the one that was expected",
      all: [
        { in: ["symptom", "request", "config", "log"], text: /\bAPI ?Gateway\b|execute-api/i },
        {
          in: ["symptom", "body", "log"],
          text: /signature we calculated|SignatureDoesNotMatch|\bsig(?:nature )?v4\b[^\n]{0,60}\b(?:403|fail|mismatch|match|invalid|denied)/i,
        },
      ],
      none: [
        { in: ["body"], text: /<Code>/ },
        { in: ["symptom", "body", "log"], text: /expired|Missing Authentication Token/i },
      ],
    },
  ],
})
