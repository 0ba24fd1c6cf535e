import { foreignCause } from "../cause.ts"

export const clientClockSkew = foreignCause({
  code: "client/clock-skew",
  emitter: "client",
  isNoMatterOfRights: true,
  title: "The clock of the client is wrong, so that its signature or token is outside its time",
  why: "A signature or token that holds for a few minutes is worth little to someone who copies it. Whoever checks it compares the time inside with its own clock, and a machine whose clock runs wrong signs requests that are already too old or not yet valid.",
  fix: [
    {
      by: "caller",
      does: "Set the clock by NTP and let it run (`timedatectl set-ntp true`; for containers and virtual machines on the host)",
      admits: "nobody else",
    },
    {
      by: "caller",
      does: "Sign each request anew when it is sent, rather than ahead of a queue or a retry",
      admits: "nobody else",
    },
  ],
  unwise: [
    "Widening the accepted difference on the server: every signature that leaks can then be replayed for that long",
  ],
  ask: {
    question: "How far is `date -u` on the client from the `Date` field of the answer?",
    why: "Minutes of difference prove it, none rules it out.",
  },
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html",
    "https://github.com/convox/rack/issues/235",
    "https://github.com/aws/aws-sdk-cpp/issues/560",
    "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "services that check Signature Version 4 write this when the signing time is too far in the past by their clock",
      all: [{ in: ["body", "log", "symptom", "headers"], text: /\bexpired: ?\d{8}T\d{6}Z is now earlier than/i }],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "written when the signing time lies in the future",
      all: [{ in: ["body", "log", "symptom", "headers"], text: /\bnot yet current: ?\d{8}T\d{6}Z/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "a store writes this when the time of the request is off",
      all: [{ in: ["body", "log", "symptom", "headers"], text: "RequestTimeTooSkewed" }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the library itself measured that the clocks differ",
      all: [{ in: ["log", "symptom"], text: /clock[- ]?skew(?:ed)?\b|could be because of a time skew/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "a token's times are compared with the server's clock",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /(?:token (?:is )?(?:used before issued|not yet valid|used too early)|\bnot before\b[^\n]{0,40}\bclock|"?(?:iat|nbf)"? claim[^\n]{0,60}(?:future|invalid|failed))/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the report itself speaks of a clock that is off",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:clock|system time|time ?sync\w*|ntp|ntpd|chrony|date and time)\b[^\n]{0,60}\b(?:wrong|off|drift\w*|skew\w*|behind|ahead|out of sync|incorrect|differ\w*)|\b(?:wrong|skewed|drift\w*|incorrect)\b[^\n]{0,30}\b(?:clock|system time)\b|\b(?:timestamps?|time|date|clock)\b[^\n]{0,20}\bin the (?:future|past)\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "sleeping machines and containers are where clocks drift",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:after (?:sleep|resume|suspend|hibernat\w*)|raspberry|vm|virtual machine|wsl)\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "a token's times do not fit the clock of who checks it",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /InvalidSignatureException[^\n]{0,80}Signature expired|Token must be a short-lived token|reasonable timeframe\. Check your iat|Invalid JWT: Token must be/i,
        },
      ],
    },
  ],
})
