import { foreignCause } from "../../cause.ts"

export const wafAwsSizeRestrictionsBody = foreignCause({
  code: "waf/aws/size-restrictions-body",
  emitter: "aws-waf",
  title: "AWS WAF's size rule refused the body, which is larger than 8 KB",
  why: "`SizeRestrictions_BODY` of the Common Rule Set blocks bodies over 8,192 bytes, whatever is in them. Short requests pass and long ones get a bare 403, and the application has no record of them.",
  fix: [
    {
      by: "operator",
      does: "Override `SizeRestrictions_BODY` to Count, and block by its label everywhere but on the paths that take long bodies",
      admits: "everyone, with long bodies on those paths",
    },
    {
      by: "caller",
      does: "Send a shorter body, or send the file to a presigned URL of the storage",
      admits: "nobody else",
    },
  ],
  unwise: ["Taking the Common Rule Set or the web ACL off"],
  ask: {
    question: "Does the same request pass with a body under 8 KB?",
    why: "Only a rule on the size lets the short one through.",
  },
  sources: [
    "https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html",
    "https://github.com/aws-solutions/deepracer-on-aws/issues/89",
    "https://github.com/aprin-labs/archimedes/pull/1786",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the rule of AWS on the body's size is named",
      all: [{ in: ["log", "config", "symptom", "body", "headers"], text: /SizeRestrictions_BODY/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "long bodies are refused at about 8 KB and short ones pass",
      all: [
        {
          in: ["symptom", "log"],
          text: /\b8 ?(?:KB|KiB|k)\b|\b8[,.]?192\b|(?:bodies|body|payloads?|requests?|reports?|posts?|descriptions?|files?|uploads?|prompts?)[^\n]{0,40}\b(?:larger|large|long(?:er)?|big(?:ger)?|over|above|exceed\w*|more) (?:than )?(?:~|≈|about |approx\w* )?\d{1,3} ?(?:KB|KiB|k|bytes)/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "it is large requests that are refused",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:large|long|big(?:ger)?|larger|(?<!\bno )longer|size|many|bulk|import|attachments?)\b/i,
        },
        {
          in: ["symptom", "body", "headers", "config", "log"],
          text: /\bwaf\b|\baws\b|web ?acl|"message": ?"Forbidden"|awselb|cloudfront|lambda|api gateway/i,
        },
      ],
      none: [
        { in: ["body", "log"], text: /CrossSiteScripting|GenericLFI|SQLi_|ModSecurity|Missing Authentication Token/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the application has no record of the refused request",
      all: [
        {
          in: ["symptom", "log"],
          text: /\b(?:no|never|without|not)\b[^\n]{0,50}\b(?:lambda|app(?:lication)?|server|backend|authorizer|cloudwatch)\b[^\n]{0,25}\blogs?\b|never reach(?:es|ed)?[^\n]{0,30}(?:lambda|app|backend|server|origin)/i,
        },
        { in: ["symptom", "request", "body"], text: /\bPOST\b|\bPUT\b|import|upload|submit|\bForbidden\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the Common Rule Set of AWS is set to block",
      all: [
        {
          in: ["config", "symptom"],
          text: /AWSManagedRulesCommonRuleSet|override_?action[^\n]{0,12}none|common rule ?set/i,
        },
      ],
      none: [{ in: ["config", "symptom", "log"], text: /CrossSiteScripting|GenericLFI|SQLi|\bxss\b|modsec|owasp/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "long inputs are refused and short ones pass, as by a firewall that limits what it inspects",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:larger?|long(?:er)?|big(?:ger)?|huge|over \d{1,3} ?[kK]i?[bB]?|more than \d{1,3})\b[^\n]{0,120}\b(?:small(?:er)?|short(?:er)?|tiny|fewer|few|trimm\w{1,4}|cut)\b|\b(?:small(?:er)?|short(?:er)?|tiny|few(?:er)?)\b[^\n]{0,120}\b(?:larger?|long(?:er)?|big(?:ger)?)\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:files?|imports?|uploads?|payloads?|bod(?:y|ies)|requests?|texts?|posts?|forms?|descriptions?|messages?|prompts?|functions?|documents?|reports?|queries|inputs?)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /nginx|apache|httpd|mod_?security|coraza|cloudflare|CRS\b|\b413\b|signature|s3\b|bucket|csrf|multipart boundary|azure|django|laravel/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a firewall of AWS refuses an upload or import",
      all: [
        { in: ["symptom"], text: /\b(?:file )?(?:uploads?|uploading|imports?|importing|attachments?)\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bwaf\b|web ?acl|awselb|Request blocked/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /mod_?security|coraza|cloudflare|CRS\b|azure|CrossSiteScripting|\bxss\b|GenericLFI|SQLi|some (?:images?|files?|uploads?)|images?\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "one size passes and a larger one is refused",
      all: [
        {
          in: ["symptom"],
          text: /\b\d{1,4} ?(?:KB|KiB|kB|K|MB|bytes|rows|lines|words|characters)\b[^\n]{0,120}\b\d{1,6} ?(?:KB|KiB|kB|K|MB|bytes|rows|lines|words|characters)\b/i,
        },
        { in: ["symptom"], text: /\b403\b|forbidden|refus|reject|block|denied|fail/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /nginx|apache|httpd|mod_?security|coraza|cloudflare|CRS\b|\b413\b|signature|s3\b|bucket|csrf|django|laravel|token limit|context|tokens|memory|disk/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "large requests are refused that are valid",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:large|big|long|huge)(?:r)? (?:but )?(?:valid |legitimate )?(?:requests?|payloads?|bod(?:y|ies)|posts?|submissions?|forms?|imports?|prompts?|inputs?|texts?|json)\b|\bvalid (?:large|big|long) \w/i,
        },
        { in: ["symptom"], text: /\b403\b|forbidden|refus|reject|block|denied|fail/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /nginx|apache|httpd|mod_?security|coraza|cloudflare|CRS\b|\b413\b|signature|s3\b|bucket|csrf|django|laravel|azure|token limit|rate/i,
        },
      ],
    },
  ],
})
