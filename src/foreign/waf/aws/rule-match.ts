import { foreignCause } from "../../cause.ts"

export const wafAwsRuleMatch = foreignCause({
  code: "waf/aws/rule-match",
  emitter: "aws-waf",
  title: "A rule of AWS WAF blocked the request",
  why: "A web ACL on the API stage, load balancer or distribution held a rule against the request: a managed list (bad addresses, hosting providers, bots, no User-Agent), a rate, or a rule of the owner. The answer is a bare 403 that does not name it.",
  fix: [
    {
      by: "operator",
      does: "Find the rule under sampled requests of the web ACL, and override that one rule to Count or scope it away from this path",
      admits: "everyone, past that rule on that path",
    },
    {
      by: "caller",
      does: "Send a User-Agent, fewer requests, and come from a network that is not a hosting provider's",
      admits: "nobody else",
    },
  ],
  unwise: ["Taking the web ACL off"],
  ask: {
    question: "Which rule do the sampled requests of the web ACL show for this request?",
    why: "Only the web ACL knows which of its rules fitted.",
  },
  sources: [
    "https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-testing.html",
    "https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html",
    "https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the log of AWS WAF says that it blocked",
      all: [
        { in: ["log"], text: /"?action"?: ?"?BLOCK"?/ },
        { in: ["log"], text: /terminatingRuleId|webaclId|terminatingRuleType/i },
      ],
      none: [{ in: ["log"], text: /SizeRestrictions_BODY|CrossSiteScripting_BODY|Generic[LR]FI_BODY|SQLi_BODY/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "a rule or rule group of AWS WAF is named",
      all: [
        {
          in: ["log", "config", "symptom", "body", "headers"],
          text: /AWSManagedRules(?!CommonRuleSet)\w+|AWS#AWSManagedRules|awswaf:|NoUserAgent_HEADER|BadBots_HEADER|HostingProviderIPList|AnonymousIPList|rate[_-]based[_-]statement|RateBasedRule|x-amzn-waf-action/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "AWS WAF or a web ACL is spoken of",
      all: [{ in: ["symptom", "config"], text: /\baws[- ]?waf(?:v2)?\b|web ?acl\b|\bwafv2\b/i }],
      none: [
        {
          in: ["symptom", "config", "log"],
          text: /SizeRestrictions|CrossSiteScripting|\bxss\b|8 ?KB|8192|\blarge\b|GenericLFI|contain(?:s|ing)?\b|some (?:images?|files?|uploads?)|SQLi/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "a rule of AWS on another part of the request than its body is named",
      all: [
        {
          in: ["symptom", "log", "config", "body", "headers"],
          text: /\b(?:CrossSiteScripting|Generic[LR]FI|SQLi\w{0,20}|EC2MetaDataSSRF|SizeRestrictions|RestrictedExtensions|UserAgent_BadBots|BadBots)_(?:COOKIE|QUERYARGUMENTS|QUERYSTRING|URIPATH|HEADER|Cookie_Header)\b/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "case",
      says: "what is saved carries markup, which the rules on the body take for scripts",
      all: [
        { in: ["symptom"], text: /\b(?:html|tables?|templates?|style attribute|scripts?|markup|editor|wysiwyg)\b/i },
        {
          in: ["symptom"],
          text: /\b(?:sav(?:e|ed|ing)|submit\w{0,4}|post(?:ed|ing)?|add(?:ed|ing)|upload\w{0,3}|publish\w{0,3}|updat\w{1,3}|import\w{0,3}|writ(?:e|ten|ing))\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /terminatingRule|AWSManagedRules|AWS#/,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "it depends on what the text says whether it is refused",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:short|simple|plain|other|different|some)\b[^\n]{0,20}\b(?:values?|texts?|inputs?|words?|strings?)\b[^\n]{0,30}\b(?:can|works?|passes?|saves?|fine|go(?:es)? through|succeeds?)\b|\b(?:text|value|prompt|input|content)\b[^\n]{0,20}\b(?:cannot|can't|could not|is not|not) (?:be )?(?:saved|submitted|posted|sent)/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /modsec|cloudflare|azure|wordfence|coreruleset|csrf|permission|policy|laravel|django/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "observed",
      says: "a service of AWS says that its firewall refused",
      all: [{ in: ["body", "log", "symptom"], text: /not allowed due to WAF block|WAFForbiddenException/ }],
    },
  ],
})
