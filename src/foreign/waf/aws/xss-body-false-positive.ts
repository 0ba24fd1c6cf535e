import { foreignCause } from "../../cause.ts"

export const wafAwsXssBodyFalsePositive = foreignCause({
  code: "waf/aws/xss-body-false-positive",
  emitter: "aws-waf",
  title: "AWS WAF took the content of the body for an attack",
  why: "Rules such as `CrossSiteScripting_BODY`, `GenericLFI_BODY` and `SQLi_BODY` look for marks of attacks in the body. HTML, code, and the bytes of images and archives hold them by chance, so some uploads pass and others get 403.",
  fix: [
    {
      by: "operator",
      does: "Override that one rule to Count, and block by its label everywhere but on the paths that take such content",
      admits: "everyone, past that rule on those paths",
    },
    {
      by: "caller",
      does: "Send the file to a presigned URL of the storage, or encoded in base64 where the service reads that",
      admits: "nobody else",
    },
  ],
  unwise: ["Taking the Common Rule Set or the web ACL off"],
  ask: {
    question: "Which label do the sampled requests of the web ACL show, and does other content of the same size pass?",
    why: "A rule on content refuses by what is in it, one on size by its length.",
  },
  sources: [
    "https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html",
    "https://github.com/Nike-Inc/cerberus-lifecycle-cli/pull/124",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "a rule of AWS on the body's content is named",
      all: [
        {
          in: ["log", "config", "symptom", "body"],
          text: /CrossSiteScripting_(?:BODY|RC_BODY)|GenericLFI_BODY|GenericRFI_BODY|SQLi(?:ExtendedPatterns)?_BODY|EC2MetaDataSSRF_BODY|WindowsShellCommands_BODY|UNIXShellCommands\w{0,40}_BODY|PHPHighRiskMethodsVariables_BODY/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a firewall of AWS and a rule on scripts or SQL are spoken of",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\bxss\b|cross[- ]?site[- ]?scripting|sql ?injection|\bsqli\b|\bLFI\b|local file inclusion/i,
        },
        {
          in: ["symptom", "config", "log", "body", "headers"],
          text: /\baws\b|\bwaf(?:v2)?\b|web ?acl|awselb|cloudfront/i,
        },
      ],
      none: [{ in: ["log", "symptom"], text: /mod[_ ]?security|coraza|OWASP_CRS|coreruleset/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a text with certain marks in it is refused by a firewall of AWS",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:contain(?:s|ing)?|includ(?:es|ing)|with|word|character|tag|keyword)\b[^\n]{0,40}(?:<\w|html|script|sql|\.\.\/|quote|code|path|tag|\bwords?\b|\bspaces?\b|characters?)|some (?:images?|files?|pdfs?|uploads?)/i,
        },
        { in: ["symptom", "config", "log", "body", "headers"], text: /\baws\b|\bwaf(?:v2)?\b|web ?acl|awselb/i },
      ],
      none: [
        {
          in: ["symptom", "log", "config", "body"],
          text: /mod[_ ]?security|coraza|cloudflare|azure|\bCRS\b|SizeRestrictions/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "some files or texts are refused and others pass",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:some|certain|valid|specific|binary|html|markdown|code|pdf|docx?|images?|secrets?)\b[^\n]{0,50}\b(?:files?|uploads?|posts?|content|text|payloads?|bodies|documents?|submissions?)\b/i,
        },
        { in: ["symptom", "request"], text: /\bPOST|upload|PUT|submit|sav(?:e|ing)|secret/i },
      ],
      none: [
        {
          in: ["symptom", "log", "body", "config", "headers"],
          text: /permission denied|nginx|apache|csrf|mod_?security|signature|cors|cloudflare|django|s3/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "documented",
      says: "the rule that is named looks at another part than the body",
      all: [
        {
          in: ["symptom", "log", "config", "body", "headers"],
          text: /\b(?:CrossSiteScripting|Generic[LR]FI|SQLi\w{0,20}|EC2MetaDataSSRF|SizeRestrictions|RestrictedExtensions|UserAgent_BadBots|BadBots)_(?:COOKIE|QUERYARGUMENTS|QUERYSTRING|URIPATH|HEADER|Cookie_Header)\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the firewall before the load balancer or gateway refused some texts, and others pass",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:some|certain|only|specific|particular|other)\b[^\n]{0,60}\b(?:rules?|items?|entries|records?|comments?|posts?|messages?|documents?|texts?|images?|files?|uploads?|submissions?|forms?|succeed|pass|work)\b/i,
        },
        {
          in: ["log", "symptom", "body", "headers"],
          text: /\belb(?:_status_code)?=403\b[^\n]{0,120}\bwaf\b|actions?_executed["=: ]{1,4}"?waf"?(?!,)|"waf" "-"|\bwaf-failed\b|WAF_?FILTERED/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "AWS WAF meets markup in what is sent",
      all: [
        { in: ["symptom", "body", "headers", "config", "log"], text: /\baws\b|\bwaf\b|awselb|cloudfront/i },
        { in: ["symptom"], text: /\bhtml\b|<style|<script|markup|\bxss\b|rich text|wysiwyg/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /modsec|cloudflare|azure|wordfence|coreruleset/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "what is saved carries markup, and AWS WAF stands before the application",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:html|tables?|templates?|style attribute|styles?|scripts?|markup|markdown|code(?: blocks?)?|snippets?|rich text|editor|wysiwyg|e-?mail (?:template|body)|newsletter|iframe|svg|images?|photos?|back ?office|prompt|sql)\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:sav(?:e|ed|ing)|submit\w{0,4}|post(?:ed|ing)?|add(?:ed|ing)|upload\w{0,3}|publish\w{0,3}|updat\w{1,3}|import\w{0,3}|writ(?:e|ten|ing))\b/i,
        },
        { in: ["symptom", "body", "headers", "config", "log"], text: /\baws[- ]?waf|\bwafv?2?\b|web ?acl|awselb/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /modsec|cloudflare|azure|wordfence|coreruleset|owasp_crs|imunify|SizeRestrictions|8 ?KB|\blarge|_(?:COOKIE|QUERYARGUMENTS|QUERYSTRING|URIPATH|HEADER)\b|fortiweb|f5\b|akamai|imperva/i,
        },
      ],
    },
  ],
})
