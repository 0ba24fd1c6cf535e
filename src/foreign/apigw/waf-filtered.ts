import { foreignCause } from "../cause.ts"

export const apigwWafFiltered = foreignCause({
  code: "apigw/waf-filtered",
  emitter: "apigateway",
  title: "A web ACL on the API's stage blocked the request",
  why: "AWS WAF judges a request before API Gateway routes it; authorizer and function never see it, and the answer is a bare refusal.",
  fix: [
    {
      by: "operator",
      does: "Find the rule in the WAF log and except this path or field from it, or count instead of block",
      admits: "requests to that path that the rule would have stopped",
    },
    {
      by: "caller",
      does: "Send the request without what the rule matched, in smaller or encoded parts",
      admits: "nobody else",
    },
  ],
  unwise: ["Detaching the web ACL takes the protection from every route of the stage"],
  ask: {
    question: "Which `terminatingRuleId` does the WAF log have for this request?",
    why: "It names the rule; the answer does not",
  },
  sources: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html",
    "https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the type of gateway response for a request that WAF blocked",
      all: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: "WAF_FILTERED" }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "a web ACL stands before API Gateway",
      all: [
        { in: ["symptom", "config", "log"], text: /\bWAF\b|\bweb ?ACL\b/i },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bAPI ?Gateway\b|execute-api/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /SizeRestrictions_BODY|CrossSiteScripting|\bXSS\b|8 ?KB|body size/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "API Gateway's bare refusal",
      all: [{ in: ["body"], text: /^\s{0,20}\{\s{0,20}"message"\s{0,4}:\s{0,4}"Forbidden"\s{0,20}\}\s{0,20}$/ }],
    },
  ],
})
