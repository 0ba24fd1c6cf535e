import { foreignCause } from "../../cause.ts"

export const edgeAzureFrontDoorWaf = foreignCause({
  code: "edge/azure-front-door/waf",
  emitter: "azure-front-door",
  title: "The firewall of Azure Front Door blocked the request",
  why: "A custom or managed rule of the WAF policy on Front Door fitted. The `X-Azure-Ref` of the answer finds the rule in the firewall's log.",
  fix: [
    {
      by: "operator",
      does: "Find the reference in the firewall's log, and exclude the one field from the one rule",
      admits: "everyone, past that rule in that field",
    },
    { by: "caller", does: "Give the `X-Azure-Ref` to the owner of the site", admits: "nobody else" },
  ],
  unwise: ["Setting the policy to Detection: nothing is blocked any more"],
  ask: {
    question: "Which `ruleName` does the firewall's log give for the `X-Azure-Ref`?",
    why: "A custom rule, a managed one and a rate limit all show the same page.",
  },
  sources: [
    "https://learn.microsoft.com/azure/web-application-firewall/afds/waf-front-door-tuning",
    "https://learn.microsoft.com/azure/frontdoor/front-door-http-headers-protocol",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "Front Door's page says that the request is blocked",
      all: [{ in: ["body", "log", "symptom"], text: /The request is blocked\./i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the answer carries Front Door's reference",
      all: [
        { in: ["headers", "body", "log", "symptom"], text: /x-azure-ref\b|x-azure-fdid|x-msedge-ref|\.azurefd\.net/i },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "the firewall's log names a rule of Front Door",
      all: [{ in: ["log"], text: /FrontDoorWebApplicationFirewallLog|FrontdoorWebApplicationFirewallLog/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Front Door is spoken of",
      all: [{ in: ["symptom", "config"], text: /\bfront ?door\b/i }],
    },
  ],
})
