import { foreignCause } from "../../cause.ts"

export const edgeSucuriDeny = foreignCause({
  code: "edge/sucuri/deny",
  emitter: "sucuri",
  title: "Sucuri's website firewall refused the request",
  why: "Sucuri stands before the site and refused by a rule, an address list or a country. Its page tells the address it saw, the block's id and the reason.",
  fix: [
    { by: "caller", does: "Give the block's id and the address to the owner of the site", admits: "nobody else" },
    {
      by: "operator",
      does: "Put the one address or path on the allow list of Sucuri's firewall",
      admits: "requests from that address, or to that path",
    },
  ],
  ask: {
    question: "Which block id and reason does the page give?",
    why: "They tell a rule, an address and a country apart.",
  },
  sources: [
    "https://github.com/EnableSecurity/wafw00f/blob/master/wafw00f/plugins/sucuri.py",
    "https://github.com/johngodley/redirection/issues/2837",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "the page is that of Sucuri's firewall",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Access Denied.{0,6}Sucuri Website Firewall|Sucuri WebSite Firewall|sucuri\.net\/privacy-policy|sucuri[-_]firewall[-_]block|cloudproxy@sucuri\.net/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the answer carries the marks of Sucuri",
      all: [{ in: ["headers", "log", "body"], text: /x-sucuri-(?:id|block|cache)|server: ?sucuri/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the answer names the block",
      all: [{ in: ["headers", "log"], text: /x-sucuri-block/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Sucuri is spoken of",
      all: [{ in: ["symptom", "config"], text: /\bsucuri\b/i }],
    },
    {
      weight: "strong",
      basis: "observed",
      says: "the page is that of Sucuri's firewall",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Block ID:?\s{0,4}(?:<[^>\n]{1,40}>\s{0,4})?[A-Z]{2,8}\d{0,4}\b[^\n]{0,80}Block reason|If you are the site owner \(or you manage this site\)|Block reason:\s{0,4}(?:<[^>\n]{1,40}>)?\s{0,4}(?:Access from your Country|Exploit attempt|An attempted|Bad bot)/i,
        },
      ],
    },
  ],
})
