import { foreignCause } from "../../cause.ts"

export const wafAzureAppgw = foreignCause({
  code: "waf/azure/appgw",
  emitter: "azure-app-gateway",
  title: "The firewall of Azure Application Gateway blocked the request",
  why: "A rule of the WAF policy on the gateway fitted: with the managed sets several rules add to a score, of which `949110` (or `Mandatory rule`) reports the sum. The page looks like nginx's and names the gateway.",
  fix: [
    {
      by: "operator",
      does: "Find the rules under ApplicationGatewayFirewallLog by the transaction id, and exclude the one field from them",
      admits: "everyone, past those rules in that field",
    },
    { by: "caller", does: "Give the time and URL to the owner of the site", admits: "nobody else" },
  ],
  unwise: ["Setting the policy to Detection: nothing is blocked any more"],
  ask: {
    question: "Which `ruleId`s does the firewall's log show for the transaction?",
    why: "They tell which field to exclude from which rule.",
  },
  sources: [
    "https://github.com/EnableSecurity/wafw00f/blob/master/wafw00f/plugins/applicationgateway.py",
    "https://learn.microsoft.com/azure/web-application-firewall/ag/web-application-firewall-troubleshoot",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "the page is that of Azure Application Gateway",
      all: [{ in: ["body", "headers", "log", "symptom"], text: /Microsoft-Azure-Application-Gateway/i }],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "the gateway's firewall logged it",
      all: [{ in: ["log"], text: /ApplicationGatewayFirewallLog|ApplicationGatewayFirewall/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Azure's application gateway is spoken of",
      all: [{ in: ["symptom", "config"], text: /application gateway|\bapp ?gw\b|\bAGIC\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "Azure's firewall or one of its rules is spoken of",
      all: [
        { in: ["symptom", "config", "log"], text: /\bwaf\b|firewall|\b9[1-4]\d{4}\b|block/i },
        { in: ["symptom", "config", "log"], text: /azure|application gateway/i },
      ],
      none: [{ in: ["symptom", "config", "headers", "log", "body"], text: /front ?door|x-azure-ref|storage|openai/i }],
    },
  ],
})
