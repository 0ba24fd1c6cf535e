import { foreignCause } from "../cause.ts"

export const clientWrongUrlOrStage = foreignCause({
  code: "client/wrong-url-or-stage",
  emitter: "apigateway",
  isNoMatterOfRights: true,
  title: "The address names no stage or path that exists, which the gateway reports as 403",
  why: 'Amazon API Gateway answers 403 with "Missing Authentication Token" for what it has no route for. An address without its stage, with a typing mistake or with the wrong host lands there, however good the credentials are.',
  fix: [
    {
      by: "caller",
      does: "Copy the invoke address with its stage from the deployment, and add the resource's path",
      admits: "nobody else",
    },
  ],
  ask: {
    question: "Which stage and path does the deployment's invoke address show, and does the request use exactly these?",
    why: "A difference is the cause; none points to a route that is not deployed.",
  },
  sources: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html",
    "https://github.com/stackery/php-lambda-layer/issues/31",
    "https://github.com/RhinoSecurityLabs/IPRotate_Burp_Extension/issues/5",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "the gateway's address is asked for without any stage",
      all: [{ in: ["request"], text: /execute-api\.[a-z0-9-]{1,40}\.amazonaws\.com(?:\.cn)?\/?(?:["'\s?]|$)/im }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the first segment after the gateway's host is none of the usual names of a stage",
      all: [
        {
          in: ["request"],
          text: /execute-api\.[a-z0-9-]{1,40}\.amazonaws\.com(?:\.cn)?\/(?!(?:prod|production|dev|develop|development|test|testing|stage|staging|stg|live|qa|uat|int|beta|alpha|demo|main|master|latest|sandbox|preprod|\$?default|v\d{1,3})\b)[^\s/?"']{1,60}[/?]/i,
        },
      ],
      none: [
        { in: ["body", "headers"], text: /Missing ?Authentication ?Token|not authorized|explicit deny|Unauthorized/i },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the gateway's answer where it has no route; more often the route is missing than the stage",
      all: [{ in: ["body", "log", "symptom"], text: "Missing Authentication Token" }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the report speaks of a wrong or incomplete address",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:wrong|incorrect|mistyped|incomplete|bad) (?:url|uri|endpoint|address|host|path|stage|base ?url)\b|\b(?:missing|forgot|without|omit\w*|lack\w*|strip\w*|drop\w*|leav\w+ out|no) (?:(?:the|its|a) )?(?:stage|base path|path prefix|prefix)\b|\b(?:stage|prefix|path)\b[^\n]{0,30}\b(?:left out|omitted|stripped|forgotten|not in the (?:url|address|link|path))\b|\bstage name\b|\btypo\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "the stage is part of the address",
      all: [{ in: ["symptom"], text: /\b(?:stage|invoke url|base url|endpoint url)\b/i }],
    },
  ],
})
