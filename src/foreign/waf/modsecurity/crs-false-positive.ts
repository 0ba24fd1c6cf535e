import { foreignCause } from "../../cause.ts"

export const wafModsecurityCrsFalsePositive = foreignCause({
  code: "waf/modsecurity/crs-false-positive",
  emitter: "modsecurity",
  title: "Rules of the OWASP Core Rule Set took the request for an attack",
  why: "Each rule that fits adds to a score, and at the threshold, usually 5, the request is refused by rule 949110. What decides are the rules that added to it: words of everyday text, code, JSON or a cookie that look like an attack.",
  fix: [
    {
      by: "operator",
      does: "Exclude the one field from the rules that added to the score, for this path: `ctl:ruleRemoveTargetById=ID;ARGS:name`",
      admits: "everyone, past those rules in that field on that path",
    },
    {
      by: "operator",
      does: "Load the exclusion package of the rule set for the application, such as WordPress or Nextcloud",
      admits: "everyone, past the rules the package lists",
    },
  ],
  unwise: [
    "`SecRuleEngine Off`: nothing is inspected any more",
    "Removing rule 949110: no score refuses any more",
    "Removing a rule by its id for the whole site",
  ],
  ask: {
    question: "Which other lines carry the same `unique_id`?",
    why: "949110 only says that the sum was reached; those lines say by what.",
  },
  sources: [
    "https://github.com/coreruleset/coreruleset/tree/main/rules",
    "https://github.com/coreruleset/coreruleset/blob/main/rules/REQUEST-949-BLOCKING-EVALUATION.conf",
    "https://coreruleset.org/docs/2-how-crs-works/2-3-false-positives-and-tuning/",
    "https://github.com/owasp-modsecurity/ModSecurity/issues/2913",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "the sum of the Core Rule Set reached its threshold",
      all: [{ in: ["log", "body", "symptom"], text: /"?94911[01]"?|Inbound Anomaly Score Exceeded/i }],
      none: [
        {
          in: ["log", "body", "symptom", "headers"],
          text: /cloudflare|front ?door|application gateway|\[id "(?:911100|9204[2378]0|920340|920530|920640|920350|920330|920320|92028\d|200002|200003|200004)"\]|Coraza:/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the rule is one of the Core Rule Set that looks for attacks",
      all: [
        {
          in: ["log", "body", "symptom", "config"],
          text: /\b(?:93[0-4]|94[1-4]|95[0-9]|973|981|913|921|922)\d{3}\b|REQUEST-9[1-4]\d-(?:APPLICATION|PROTOCOL)-ATTACK/,
        },
      ],
      none: [
        {
          in: ["log", "body", "symptom", "config", "headers"],
          text: /front ?door|application gateway|cloudflare|Coraza|cloud armor/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "the Core Rule Set is at work",
      all: [
        {
          in: ["log", "symptom", "config"],
          text: /OWASP[_ ]CRS|coreruleset|core rule ?set|owasp-modsecurity-crs|\bCRS\b/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a false positive of ModSecurity is spoken of",
      all: [
        { in: ["symptom"], text: /mod[_ -]?security|\bmodsec\b|SecRule/i },
        {
          in: ["symptom"],
          text: /false positive|\bsav(?:e|ing)\b|\bpost(?:ing)?\b|\bedit(?:ing|or)?\b|\bupload|\bcontent\b|\bform\b|blocked/i,
        },
      ],
      none: [
        {
          in: ["symptom", "headers", "body", "config", "log"],
          text: /\baws\b|cloudfront|api gateway|lambda|cloudflare|azure|awselb/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a firewall before the application refuses when content is sent",
      all: [{ in: ["symptom"], text: /mod[_ -]?security|\bmodsec\b/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "content is blocked when it is saved or sent",
      all: [
        { in: ["symptom"], text: /\bblock(?:s|ed|ing)?\b|\bsecurity rule\b|SecRule/i },
        { in: ["symptom"], text: /\bsav(?:e|ing)\b|\bcontent\b|\bedit|\bpublish|\bpost(?:ing)?\b|SecRuleEngine/i },
      ],
      none: [
        {
          in: ["symptom", "headers", "body", "config", "log"],
          text: /\baws\b|cloudfront|lambda|cloudflare|azure|awselb|vite|cors|country|host\b|wordfence/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a firewall for applications is spoken of",
      all: [{ in: ["symptom"], text: /\bWAF\b|web application firewall|false positive/i }],
      none: [
        {
          in: ["symptom", "headers", "body", "config", "log"],
          text: /\baws\b|cloudfront|lambda|cloudflare|azure|awselb|web ?acl|cloud armor|imperva|akamai|wordfence|sucuri|\bf5\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "a rule is named by a number of the Core Rule Set",
      all: [
        {
          in: ["symptom", "log", "config"],
          text: /\brules?\b[^\n]{0,20}\b(?:93[0-4]|94[1-4]|95[0-9]|97[03]|981|913|921|922)\d{3}\b/i,
        },
      ],
      none: [
        {
          in: ["log", "body", "symptom", "config", "headers"],
          text: /front ?door|application gateway|cloudflare|Coraza|cloud ?armor|azure/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "whether it is refused depends on what the text holds",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:contain(?:s|ed|ing)?|ends? (?:with|in)|starts? with|includ(?:es?|ing)|with(?:out)?|has|have|in)\b[^\n]{0,30}\b(?:words?|html|script|tags?|links?|urls?|css|sql|quotes?|code|style|iframe|embed\w{0,4}|video|emoji|special characters?|phrases?|keywords?|markup|select|union)\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:sav(?:e|es|ed|ing)|updat(?:e|es|ing)|submit\w{0,5}|post(?:s|ing)?|publish\w{0,3}|edit(?:s|ing)?|creat(?:e|es|ing)|upload\w{0,3}|forms?|page|text|fields?|articles?|templates?|comments?|descriptions?|settings?)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /\baws\b|cloudfront|\blambda\b|cloudflare|azure|awselb|vite|\bcors\b|wordfence|sucuri|imperva|akamai|csrf|crumb|nonce|api[- ]?key|\btoken\b|\bs3\b|bucket|kube|presigned|webhook|github|jenkins|signature|\brole|selinux|chmod|permission|directory index|client denied|\(13/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "saving content is refused, and nothing else is",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:403|forbidden|blocked)\b[^\n]{0,40}\b(?:on|upon|when|while|after|if)\b[^\n]{0,16}\b(?:sav\w{1,3}|publishing|updating|editing|submitting)\b|\b(?:sav\w{1,3}|publishing|updating|editing)\b[^\n]{0,60}\b(?:403|forbidden|triggers?|blocked)\b|\bhost(?:er|ing)?\b[^\n]{0,30}\brules?\b[^\n]{0,12}\btriggered/i,
        },
      ],
      none: [
        {
          in: ["symptom", "body", "log", "headers", "config", "request"],
          text: /\baws\b|cloudfront|lambda|cloudflare|azure|awselb|csrf|cors|nonce|crumb|token|\brole|policy|permission|laravel|django|spring|rails|github|s3\b|bucket|kube|signature|log-?in|api\b|wordfence|sucuri|iis\b|elastic|index read|AH\d{5}|generated by mod|owner|admin user|graphql|role|litespeed|hosting company|mod_?security|shared host|cpanel|plesk/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "these are the messages of the Core Rule Set for attacks",
      all: [
        {
          in: ["log", "body", "symptom"],
          text: /Remote Command Execution: (?:Unix|Windows|Direct)|(?:SQL Injection|XSS) Attack Detected via libinjection|Path Traversal Attack \(|OS File Access Attempt|Restricted File Access Attempt|PHP Injection Attack|Remote File Inclusion \(RFI\) Attack|NoScript XSS InjectionChecker|XSS Filter - Category|Detects (?:MySQL|classic SQL|basic SQL|concatenated basic SQL|chained SQL|MSSQL|SQL benchmark)|SQL Comment Sequence Detected|Restricted SQL Character Anomaly|Node\.?JS Injection Attack|HTTP (?:Header Injection|Response Splitting) Attack|IE XSS Filters|Possible XSS Attack Detected/,
        },
      ],
      none: [
        {
          in: ["log", "body", "symptom", "headers", "config"],
          text: /cloudflare|front ?door|application gateway|Coraza:|cloud ?armor/i,
        },
      ],
    },
  ],
})
