import { foreignCause } from "../../cause.ts"

export const edgeCloudflareAccess = foreignCause({
  code: "edge/cloudflare/access",
  emitter: "cloudflare",
  title: "Cloudflare Access does not let the user or service in",
  why: "Cloudflare Access stands before the application and lets in whom its policy names: users who signed in, and programs that show a service token. Others are sent to a sign-in page or get 403.",
  fix: [
    {
      by: "caller",
      does: "Sign in with an account the policy names, or send `CF-Access-Client-Id` and `CF-Access-Client-Secret` of a service token",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Add a policy with the action Service Auth that names the one token, or Allow that names the one user",
      admits: "that token or user",
    },
  ],
  unwise: ["A policy with the action Bypass for everyone: the application is open"],
  ask: {
    question: "What do the Access logs show for the user or token?",
    why: "They name the policy that was applied, and whether any was reached.",
  },
  sources: [
    "https://developers.cloudflare.com/cloudflare-one/identity/service-tokens/",
    "https://developers.cloudflare.com/cloudflare-one/policies/access/",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "the answer or request carries the marks of Cloudflare Access",
      all: [
        {
          in: ["headers", "body", "log", "request", "symptom"],
          text: /cf-access-(?:client-id|client-secret|domain|aud|jwt|token)|CF_Authorization|\.cloudflareaccess\.com|cdn-cgi\/access\//i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Cloudflare Access or Zero Trust is spoken of",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /cloudflare (?:access|zero ?trust)|\bservice token\b[^\n]{0,60}cloudflare|zero ?trust/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the page says that the account may not, as Cloudflare Access does",
      all: [{ in: ["body", "symptom", "log"], text: /That account does not have access\./i }],
    },
    {
      weight: "strong",
      basis: "observed",
      says: "the page is that of Cloudflare Access",
      all: [
        { in: ["body", "log", "symptom"], text: /<title>[^<\n]{0,30}Cloudflare Access<\/title>|Cloudflare Access\b/ },
      ],
    },
  ],
})
