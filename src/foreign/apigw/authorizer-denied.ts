import { foreignCause } from "../cause.ts"

export const apigwAuthorizerDenied = foreignCause({
  code: "apigw/authorizer-denied",
  emitter: "apigateway",
  title: "The authorizer's policy does not allow this method of the API",
  why: "A Lambda or Cognito authorizer returns a policy, and API Gateway evaluates it for the method asked for. The policy is kept for the token: one that names a single method refuses every other until it expires.",
  fix: [
    {
      by: "operator",
      does: "Let the authorizer return a policy that covers every method the caller may use, such as `…/stage/*/*`",
      admits: "callers with a valid token, on those methods",
    },
    {
      by: "operator",
      does: "Set the authorizer's time to live to 0 while policies differ by method",
      admits: "nobody else",
    },
    { by: "caller", does: "Use a token whose claims the authorizer accepts", admits: "nobody else" },
  ],
  unwise: ["Removing the authorizer admits everyone who can reach the API"],
  ask: {
    question: "Does the first call after a pause succeed, and only calls to other methods fail?",
    why: "Then a kept policy is at work and not the token",
  },
  sources: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html",
    "https://github.com/serverless/serverless/issues/6176",
    "https://github.com/auth0-samples/jwt-rsa-aws-custom-authorizer/pull/8",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "API Gateway writes this when the authorizer's policy denies",
      all: [{ in: ["body", "log", "symptom"], text: /User is not authorized to access this resource/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "an authorizer's policy is kept for other methods",
      all: [
        { in: ["symptom", "config", "log"], text: /\bauthori[sz]er\b/i },
        {
          in: ["symptom", "config", "log"],
          text: /\bcach|\bttl\b|methodArn|\bfirst\b[^\n]{0,120}\b(?:second|other|then|subsequent|following)\b|\bany other (?:method|endpoint)/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an authorizer decides",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\b(?:custom|lambda|token|request|cognito|jwt)[ -]authori[sz]er\b|\bauthori[sz]er\b/i,
        },
      ],
      none: [
        { in: ["symptom"], text: /\bno\b[^\n]{0,40}\blogs?\b|\bWAF\b|\bbody\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /execute-api:Invoke|Missing Authentication Token/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the error type of a denial by policy",
      all: [{ in: ["body", "log", "symptom", "headers"], text: /x-amzn-errortype:\s{0,4}AccessDeniedException/i }],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: "execute-api:Invoke" }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "a policy for one method of the API",
      all: [
        { in: ["config"], text: /execute-api:Invoke/ },
        { in: ["config"], text: /\bpolicyDocument\b|\bprincipalId\b|methodArn/ },
      ],
    },
  ],
})
