import { foreignCause } from "../cause.ts"

export const devserverViteHostNotAllowed = foreignCause({
  code: "devserver/vite-host-not-allowed",
  emitter: "vite",
  isNoMatterOfRights: true,
  title: "Vite's server does not know the host name that was asked for",
  why: "Against DNS rebinding Vite's development and preview servers answer only for localhost, addresses and names on their list. A public name behind a proxy, a tunnel or a container's name is refused.",
  fix: [
    {
      by: "operator",
      does: "Add this one name to `server.allowedHosts` (or `preview.allowedHosts`) in the Vite configuration, or to `__VITE_ADDITIONAL_SERVER_ALLOWED_HOSTS`",
      admits: "requests for that name, from anyone who can reach the port",
    },
    {
      by: "operator",
      does: "Serve the built files with a web server instead of Vite in production",
      admits: "nobody else",
    },
  ],
  unwise: ["`allowedHosts: true`: any site a developer visits may then read the sources by rebinding"],
  ask: {
    question: "Which Host does the refused request name, and is it `server` or `preview` that runs?",
    why: "The text of the answer names both.",
  },
  sources: [
    "vitejs/vite packages/vite/src/node/server/middlewares/hostCheck.ts",
    "https://vite.dev/config/server-options#server-allowedhosts",
    "https://github.com/moddroid94/STLVault/issues/25",
    "https://github.com/Niek/obs-web/issues/566",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Vite's host check writes this",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Blocked request\.? ?This host (?:\([^)\n]{0,200}\)|["'“][^\n]{0,200}["'”]|[^\n]{0,80}?)? ?is not allowed/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the setting that Vite's answer names",
      all: [{ in: ["body", "log"], text: /(?:server|preview)\.allowedHosts/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the setting in configuration or report",
      all: [
        { in: ["symptom", "config"], text: /allowedHosts|__VITE_ADDITIONAL_SERVER_ALLOWED_HOSTS/ },
        { in: ["symptom", "config", "body"], text: /vite|svelte|astro|nuxt|Blocked request/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Vite, and a host name that is new to it",
      all: [
        { in: ["symptom"], text: /\bvite\b/i },
        { in: ["symptom"], text: /\b(?:host(?:name)?|domain|proxy|tunnel|ngrok|cloudflared?|fqdn|docker|blocked)\b/i },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "Vite's usual ports",
      all: [{ in: ["request", "symptom"], text: /:(?:5173|4173)\b/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "Vite's development or preview server is spoken of",
      all: [{ in: ["symptom", "config", "log"], text: /\bvite(?:js|\.config)?\b/i }],
      none: [{ in: ["symptom", "body", "log"], text: /csrf|s3|bucket|permission/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "requests by a domain of one's own are told to be blocked, at an application run for oneself",
      all: [
        {
          in: ["symptom"],
          text: /\bblock(?:s|ed|ing)\b[^\n]{0,80}\b(?:my|our|custom|own) (?:own )?(?:domains?|host ?names?|url|reverse proxy)|\b(?:reverse proxy|tunnel|ngrok|custom domain|fqdn)\b[^\n]{0,60}\bblock(?:s|ed|ing)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /cloudflare|\bwaf\b|firewall|mod_?security|\bips?\b|white-?list|allow-?list\b|country|csrf|rails|blocked hosts|fail2ban|crowdsec|\bads?\b|sourceRange|invalid host/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "Vite's own words for it",
      all: [{ in: ["symptom"], text: /\bblocked request\b/i }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /cloudflare|cloudfront|\bwaf\b|modsec|aws/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a site run for oneself is told to be blocked",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:site|page|access|app|ui|frontend|it) (?:is|are|gets|was) blocked\b|\banswers? blocked\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /cloudflare|cloudfront|\bwaf\b|modsec|aws|\bips?\b|firewall|country|cors|mixed content|ad-?block|wordpress|\bsav(?:e|es|ing)\b|edit/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "Vite's other refusal: a file outside of what it serves",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /outside of Vite serving allow list|vite[^\n]{0,40}server\.fs\.(?:allow|strict)/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a development server answers by address or localhost, and not by name",
      all: [
        { in: ["symptom"], text: /\b(?:dev(?:elopment)? server|preview server|npm run dev)\b/i },
        { in: ["symptom"], text: /\b(?:host ?names?|by name|domains?|tunnel|ngrok|custom url|network url|LAN)\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /webpack|rails|django|next\.?js|angular|csrf|airplay|monterey/i,
        },
      ],
    },
  ],
})
