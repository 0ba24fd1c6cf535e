import { foreignCause } from "../cause.ts"

export const apigwResourcePolicy = foreignCause({
  code: "apigw/resource-policy",
  emitter: "apigateway",
  title: "The API's resource policy does not allow this caller to invoke it",
  why: "A resource policy says from which accounts, addresses and VPC endpoints an API may be invoked. A private API refuses everyone its policy does not name, and a changed policy holds only after the next deployment.",
  fix: [
    {
      by: "operator",
      does: "Allow `execute-api:Invoke` in the resource policy for this principal, address range or `aws:SourceVpce`, and deploy the stage",
      admits: "the callers the statement names",
    },
    { by: "caller", does: "Call from the network, endpoint or account the policy names", admits: "nobody else" },
  ],
  unwise: ['A statement with `"Principal": "*"` and no condition admits everyone who can reach the API'],
  ask: {
    question:
      "Does a statement of the resource policy match the caller's account, address or VPC endpoint, and was the stage deployed after it changed?",
    why: "An implicit denial, an explicit one and a policy that is not deployed look nearly the same",
  },
  sources: [
    "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html",
    "https://github.com/aws-samples/aws-cross-account-private-api-demo/issues/1",
    "https://github.com/ASFHyP3/hyp3/issues/2283",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "API Gateway names the action the policy does not grant to a caller without identity",
      all: [
        { in: ["body", "log", "symptom"], text: /User: anonymous is not authorized to perform: execute-api:Invoke/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "API Gateway names the action the policies do not grant",
      all: [{ in: ["body", "log", "symptom"], text: /is not authorized to perform: execute-api:Invoke/i }],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "the message names the policy",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /execute-api[^\n]{0,300}(?:explicit deny in a resource-based policy|no resource-based policy allows)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a resource policy of an API",
      all: [
        {
          in: ["config", "symptom"],
          text: /\bresource[ -]polic(?:y|ies)\b|aws:SourceVpce\b|\bx-amazon-apigateway-policy\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bAPI ?Gateway\b|execute-api|\bprivate API\b|x-amazon-apigateway/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a private API is called through a VPC endpoint",
      all: [{ in: ["symptom"], text: /\bprivate (?:API|endpoint)|\bVPC ?(?:endpoint|e\b)|\bexecute-api:Invoke\b/i }],
    },
    {
      weight: "proof",
      basis: "observed",
      says: "AWS writes this where the function's own policy admits nobody by its URL",
      all: [{ in: ["body", "log", "symptom"], text: /troubleshooting Function URL authorization issues/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the function's address is its own, which its own policy opens",
      all: [
        {
          in: ["symptom", "config", "log", "body"],
          text: /\bfunction urls?\b|\bInvokeFunctionUrl\b|\.lambda-url\.[a-z0-9-]{5,24}\.on\.aws/i,
        },
      ],
      none: [{ in: ["body", "log"], text: /Missing Authentication Token|signature we calculated/i }],
    },
  ],
})
