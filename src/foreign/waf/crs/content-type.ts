import { foreignCause } from "../../cause.ts"

export const wafCrsContentType = foreignCause({
  code: "waf/crs/content-type",
  emitter: "modsecurity",
  title: "The Core Rule Set does not allow this Content-Type",
  why: "Rule 920420 refuses media types that `tx.allowed_request_content_type` does not list, 920340 and 920640 a body without one, 920470 one that is malformed, 920480 and 920530 its charset. Types of APIs that came later, such as `application/reports+json`, are often missing from the list.",
  fix: [
    {
      by: "caller",
      does: "Send the Content-Type the service reads, spelt exactly, with at most one charset",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Add the one type to `tx.allowed_request_content_type` (rule 900220), for the path that needs it",
      admits: "everyone, with bodies of that type; they are inspected only if a body processor knows the type",
    },
  ],
  unwise: ["Removing rule 920420: bodies of unknown types are let through uninspected"],
  ask: {
    question: "Which Content-Type was sent, and which does `tx.allowed_request_content_type` list?",
    why: "The rule compares the two, letter by letter.",
  },
  sources: [
    "https://github.com/coreruleset/coreruleset/blob/main/rules/REQUEST-920-PROTOCOL-ENFORCEMENT.conf",
    "https://github.com/coreruleset/coreruleset/blob/main/crs-setup.conf.example",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "a rule of the Core Rule Set on the Content-Type refused",
      all: [
        {
          in: ["log", "body", "symptom"],
          text: /\b920(?:420|340|470|480|530|640|620)\b|\b960010\b|Request content type (?:charset )?is not allowed by policy|Content-Type header missing from request|Illegal Content-Type header|Multiple charsets detected/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "ModSecurity and the Content-Type are spoken of",
      all: [
        { in: ["symptom", "log", "config"], text: /mod[_ -]?security|\bmodsec\b|\bCRS\b|core rule ?set/i },
        { in: ["symptom", "config"], text: /content[- ]?type|allowed_request_content_type/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a type of content is refused by the rules",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:content[- ]?types?|application\/[\w.+-]{2,40}|text\/(?:xml|plain|csv|yaml)|multipart\/[\w-]{3,20})\b/i,
        },
        { in: ["symptom", "log", "body"], text: /\bCRS\b|core ?rule|mod_?security|modsec\b/i },
      ],
      none: [{ in: ["symptom", "log", "body"], text: /\b(?:93[0-4]|94[1-4])\d{3}\b|boundary/ }],
    },
  ],
})
