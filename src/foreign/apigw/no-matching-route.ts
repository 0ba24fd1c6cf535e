import { foreignCause } from "../cause.ts"

export const apigwNoMatchingRoute = foreignCause({
  code: "apigw/no-matching-route",
  emitter: "apigateway",
  isNoMatterOfRights: true,
  title: "No method of the API matches this path and method",
  why: "API Gateway looks a request up by path and method in the deployed stage. Where nothing matches, its answer speaks of a missing token, as if the request had been meant for AWS itself; no authorizer and no function has seen it.",
  fix: [
    {
      by: "caller",
      does: "Call a path and method that the stage has, with the stage name, and with or without the trailing slash as the resource is written",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Add the resource or a `{proxy+}` with this method, and deploy the stage again",
      admits: "everyone who can reach the API, at that path",
    },
  ],
  unwise: ["Sending a made-up token: the answer does not depend on it"],
  ask: {
    question: "Which paths and methods does the deployed stage list, and is the stage name in the address?",
    why: "The answer is the same for a wrong path, a wrong method, a stage that was not deployed again and a method that asks for a signature",
  },
  sources: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html",
    "https://github.com/aws/chalice/issues/734",
    "https://github.com/stackery/php-lambda-layer/issues/31",
    "https://github.com/HumanCellAtlas/data-store/issues/328",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "API Gateway answers so where no resource and method match",
      all: [{ in: ["body", "log", "symptom"], text: "Missing Authentication Token" }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the error type API Gateway sends where no resource and method match",
      all: [{ in: ["body", "log", "symptom", "headers"], text: "MissingAuthenticationToken" }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "API Gateway tries to read an AWS signature where no route matches",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: "not a valid key=value pair (missing equal-sign) in Authorization header",
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "people speak of a path, a route or a deployment of an API behind API Gateway",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:routes?|paths?|root|trailing slash|endpoint|not (?:deployed|defined)|redeploy\w*|base path|stage|404)\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bAPI ?Gateway\b|execute-api|\b(?:chalice|zappa|serverless|mangum|SAM (?:template|API|app\w{0,8})|lambda)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bauthori[sz]er|x-api-key|usage plan|execute-api:Invoke|\bWAF\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the host is an API Gateway stage",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bexecute-api\.[a-z0-9-]{2,30}\.amazonaws\.com/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "routes written for a framework that deploys to API Gateway",
      all: [{ in: ["config"], text: /@app\.route|\{proxy\+\}|AWS::Serverless::Api|serverless\.ya?ml/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "API Gateway or Lambda, and nothing said of keys or an authorizer",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bapi ?gateway\b|\blambda\b|\bSAM\b|\bserverless\b|\bstage url\b|execute-api/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /authori[sz]er|api[- ]?key|x-api-key|usage plan|\bwaf\b|kong|apisix|tyk|kusk|apinto|spring|wso2|envoy|resource policy|vpc|cors|preflight|bedrock|s3|bucket|"message": ?"Forbidden"|Forbidden"|cloudfront|\blogs?\b|ontology|large|8 ?KB/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "one path is refused, and another of the same service answers",
      all: [
        {
          in: ["symptom"],
          text: /\/[\w{}<>./-]{0,40} (?:gives|returns|answers|is|fails|refused|responds?)\b[^\n]{0,60}\/[\w{}<>./-]{1,40} (?:works?|answers?|is fine|ok)|\b(?:url|path|root|stage)\b[^\n]{0,60}\b(?:refused|403|fails?|error)\b[^\n]{0,60}\/?\b[\w{}<>./-]{1,40} (?:appended |added )?(?:it )?(?:works|answers)|\bCalling \/[^\n]{0,60}\b(?:error|403)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /nginx|apache|httpd|django|laravel|spring|express|rails|istio|cloudflare|s3|directory|folder|index|wordpress|csrf|cors|preflight|\/admin\b|\/docs\b|login/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "observed",
      says: "AWS read the header Authorization as a signature of its own, which it does where no method is found",
      all: [{ in: ["body", "log", "symptom"], text: /Authorization header requires 'Credential' parameter/i }],
      none: [{ in: ["body", "log", "symptom", "request", "config"], text: /AWS_IAM|sigv4|AWS4-HMAC/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "AWS read the header Authorization as a signature of its own",
      all: [{ in: ["headers", "body", "log", "symptom"], text: /IncompleteSignatureException/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the domain of its own leads to no API and stage, while the gateway's own address works",
      all: [
        { in: ["symptom"], text: /\bcustom domain\w{0,5}\b|\bbase ?path mapping|\bAPI mapping/i },
        {
          in: ["symptom", "body", "config", "request", "headers"],
          text: /api ?gateway|execute-api|\blambda\b|zappa|serverless|chalice|"message": ?"Forbidden"/i,
        },
      ],
      none: [
        {
          in: ["symptom", "body", "config", "log"],
          text: /x-api-key|api[_ ]?key|usage plan|authori[sz]er|function url|cloudfront distribution|bad request|certificate (?:does|name)|\bwaf\b/i,
        },
      ],
    },
  ],
})
