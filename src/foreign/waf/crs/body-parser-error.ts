import { foreignCause } from "../../cause.ts"

export const wafCrsBodyParserError = foreignCause({
  code: "waf/crs/body-parser-error",
  emitter: "modsecurity",
  title: "ModSecurity could not parse the request's body",
  why: "Rules 200002 and 200003 refuse a body that is not what its Content-Type says: malformed JSON or XML, a multipart body with a wrong boundary, broken line ends, or one larger than the limit. Left through, it would not have been inspected.",
  fix: [
    {
      by: "caller",
      does: "Send a body that fits its Content-Type: valid JSON, and multipart as a library writes it, with its own boundary",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Raise `SecRequestBodyLimit` or `SecRequestBodyJsonDepthLimit` to what the application needs, where the limit was met",
      admits: "everyone, with larger bodies",
    },
  ],
  unwise: ["Removing rules 200002 to 200004: bodies pass uninspected"],
  ask: {
    question: "What does the line say after `reqbody_error_msg` or `Multipart parsing error`?",
    why: "It names what was wrong with the body.",
  },
  sources: [
    "https://github.com/owasp-modsecurity/ModSecurity/blob/v2/master/apache2/msc_reqbody.c",
    "https://github.com/owasp-modsecurity/ModSecurity/blob/v2/master/modsecurity.conf-recommended",
    "https://github.com/owasp-modsecurity/ModSecurity/blob/v3/master/modsecurity.conf-recommended",
    "https://github.com/coreruleset/coreruleset/blob/main/rules/REQUEST-922-MULTIPART-ATTACK.conf",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "ModSecurity could not parse the body",
      all: [
        {
          in: ["log", "body", "symptom"],
          text: /\[id "20000[0-7]"\]|Failed to parse request body|Multipart (?:request body failed strict validation|parser detected|parsing error)|REQBODY_(?:PROCESSOR_)?ERROR|JSON pars(?:er|ing) error|Request body (?:\(Content-Length\) )?is larger than the configured limit|Request body no files data length is larger/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "ModSecurity and a body's form or size are spoken of",
      all: [
        { in: ["symptom", "log", "config"], text: /mod[_ -]?security|\bmodsec\b|SecRequestBody/i },
        {
          in: ["symptom", "config"],
          text: /multipart|boundary|large|upload|malformed|\bJSON\b|SecRequestBodyLimit|body size/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the check of the parts of a body fails, before any rule for attacks",
      all: [
        {
          in: ["log", "body", "symptom"],
          text: /\bMULTIPART_(?:UNMATCHED_BOUNDARY|STRICT_ERROR|BOUNDARY_\w{3,12}|INVALID_\w{3,16}|FILE_LIMIT_EXCEEDED|DATA_(?:BEFORE|AFTER)|MISSING_SEMICOLON|HEADER_FOLDING|LF_LINE)\b|possible unmatched boundary|matched? a possible unmatched/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "ModSecurity was built without what it needs to read such a body",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /ModSecurity: JSON support was not enabled|JSON support was not enabled/i,
        },
      ],
    },
  ],
})
