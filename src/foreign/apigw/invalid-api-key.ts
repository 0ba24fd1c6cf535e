import { foreignCause } from "../cause.ts"

export const apigwInvalidApiKey = foreignCause({
  code: "apigw/invalid-api-key",
  emitter: "apigateway",
  title: "The API key is missing, unknown, or in no usage plan of this stage",
  why: "A method with `apiKeyRequired` takes only keys that are enabled and bound to the stage through a usage plan. A key that exists without a plan is refused like none.",
  fix: [
    { by: "caller", does: "Send the key in the `x-api-key` header", admits: "nobody else" },
    {
      by: "operator",
      does: "Add the stage to a usage plan and the key to that plan",
      admits: "the holders of keys in that plan",
    },
  ],
  unwise: ["Turning `apiKeyRequired` off admits everyone who can reach the API"],
  ask: {
    question: "Is the key listed in a usage plan whose stages include this one?",
    why: "The answer is the same for a missing key, a wrong one and one without a plan",
  },
  sources: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html",
    "https://github.com/serverless/serverless/issues/2450",
    "https://github.com/zappa/Zappa/issues/52",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "the stage's execution log says the key is in no usage plan",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /API Key [^\n]{0,80} not authorized because method|API Key is not associated with a Usage Plan/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "the type of gateway response for a key that is not valid",
      all: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: "INVALID_API_KEY" }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "usage plans bind keys to stages",
      all: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /\busage[ -]?plans?\b/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a key was sent and the answer is API Gateway's bare refusal",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /x-api-key|\bapi[ _-]?keys?\b/i },
        { in: ["body", "log", "symptom"], text: /"message"\s{0,4}:\s{0,4}"Forbidden"/ },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the answer of API Gateway where it says no more, to a request that carries a key",
      all: [
        { in: ["symptom", "request", "config"], text: /x-api-key/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bAPI ?Gateway\b|execute-api|\bserverless\b|\bchalice\b|\bzappa\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the method asks for a key",
      all: [{ in: ["config", "symptom"], text: /\bapi_?key_?required\b|\bprivate:\s{0,3}true\b/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "API Gateway's bare refusal",
      all: [{ in: ["body"], text: /^\s{0,20}\{\s{0,20}"message"\s{0,4}:\s{0,4}"Forbidden"\s{0,20}\}\s{0,20}$/ }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the error type of API Gateway's bare refusal",
      all: [{ in: ["body", "log", "symptom", "headers"], text: /x-amzn-errortype:\s{0,4}ForbiddenException/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a key is sent and refused",
      all: [
        {
          in: ["symptom"],
          text: /\bx-api-key\b|\bapi key (?:is|was) (?:sent|provided|given|set)\b|\bapi_?key_?required\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a key is sent, and AWS API Gateway or a Serverless deployment refuses",
      all: [
        { in: ["symptom", "config", "request"], text: /\bapi[- ]?keys?\b|x-api-key|ApiKeyRequired/i },
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /api gateway|execute-api|\blambda\b|serverless|\busage plan|AWS::|x-amzn-/i,
        },
      ],
      none: [{ in: ["symptom", "body", "log"], text: /Missing Authentication Token/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "AWS API Gateway's answer to a key it does not take",
      all: [
        { in: ["symptom", "request", "config"], text: /\bapi[- ]?keys?\b|x-api-key/i },
        { in: ["body"], text: /^\s{0,8}\{\s{0,8}"message"\s{0,4}:\s{0,4}"Forbidden"\s{0,8}\}\s{0,8}$/i },
      ],
      none: [{ in: ["symptom", "request", "headers", "body", "log", "config"], text: /kong|apisix|tyk|apinto/i }],
    },
  ],
})
