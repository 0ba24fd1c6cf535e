import { foreignCause } from "../cause.ts"

export const springFirewall = foreignCause({
  code: "spring/firewall",
  emitter: "spring",
  status: 400,
  title: "Spring Security's firewall rejects the address or a header as unsafe",
  why: "The strict firewall refuses addresses that servers could read in two ways: `;`, `//`, encoded slashes, percent signs and dots, control characters. It answers 400, older releases 500, and some applications 403.",
  fix: [
    { by: "caller", does: "Build the address without `//`, `;jsessionid=` and encoded slashes", admits: "nobody else" },
    {
      by: "operator",
      does: "Allow the one character in a `StrictHttpFirewall` bean, where the application's rules by path do not depend on it",
      admits: "everyone, to send that character",
    },
  ],
  unwise: ["`DefaultHttpFirewall` or allowing everything: rules by path can then be walked around"],
  ask: {
    question: "Which string does the exception name, and where in the address does it stand?",
    why: "It names the one thing to change.",
  },
  sources: [
    "spring-projects/spring-security web/src/main/java/org/springframework/security/web/firewall/StrictHttpFirewall.java",
    "spring-projects/spring-security web/src/main/java/org/springframework/security/web/firewall/HttpStatusRequestRejectedHandler.java",
    "https://github.com/georchestra/georchestra/issues/2616",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "the firewall's sentence",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /The request was rejected because (?:the (?:URL|header|parameter|HTTP method|domain|request)|it)\b|RequestRejectedException/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the firewall's class in the trace",
      all: [{ in: ["log", "config"], text: /StrictHttpFirewall/ }],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "an address that the firewall refuses, at an application of Spring",
      all: [
        { in: ["request"], text: /;jsessionid=|%2[fF]|[^:]\/\/|%25/ },
        { in: ["symptom", "config", "body", "log"], text: /\bspring\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "Spring refuses the form of the address",
      all: [
        { in: ["symptom"], text: /\bspring\b/i },
        {
          in: ["symptom"],
          text: /\bdouble slash\w{0,2}\b|\b\/\/|\bencoded\b|\bsemicolon\b|\bpercent\b|\bbackslash\b|\burls? with\b/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the firewall's other words",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /The (?:requestURI|URL|request) was rejected because it (?:can only contain printable ASCII|contained a potentially malicious)|was rejected because the (?:domain|header|parameter) [^\n]{1,80}(?:untrusted|not allowed)/i,
        },
      ],
    },
  ],
})
