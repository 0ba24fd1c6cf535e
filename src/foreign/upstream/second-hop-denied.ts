import type { Exhibits } from "../../exhibits/exhibits.ts"
import { foreignCause } from "../cause.ts"
import type { Sight } from "../clue.ts"
import { refusedBehind } from "../refused-behind.ts"

/** A line in which a proxy logged the status it had from the next server. */
const relayed = {
  see: ({ events }: Exhibits): Sight | undefined => {
    const event = events.find((it) => it.upstreamStatus === 403)
    return event && { from: event.from, quote: event.line }
  },
}

export const upstreamSecondHopDenied = foreignCause({
  code: "upstream/second-hop-denied",
  emitter: "upstream",
  title: "The 403 was relayed: a server further on refused",
  why: "A proxy that let the request through passes on what the next server answers, and an application what a service it called answered. The rule to change is there and not here.",
  fix: [
    {
      by: "operator",
      does: "Find the first hop whose log has the request and whose next hop has it not, and read the rule there",
      admits: "what that rule then admits",
    },
    {
      by: "operator",
      does: "Send the name that the next server expects, where it chooses by Host or certificate name",
      admits: "nobody else",
    },
  ],
  unwise: ["Loosening the rules of a hop that already let the request through"],
  ask: {
    question:
      "Which server is the last that has this request in its access log, and which status did its upstream give it?",
    why: "The one that refused is the last to have it",
  },
  sources: [
    "https://github.com/traefik/traefik/issues/11033",
    "https://github.com/istio/istio/issues/29567",
    "https://github.com/alibaba/tengine/issues/1014",
    "https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/response_code_details",
    "traefik/traefik pkg/middlewares/ipallowlist/ip_allowlist.go",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "Envoy had the 403 from upstream",
      all: [
        {
          in: ["log"],
          text: /\b403\b[^\n]{0,60}\bvia_upstream\b|\bvia_upstream\b[^\n]{0,60}\b403\b|"response_code_details"\s{0,3}:\s{0,3}"via_upstream"/,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the gateway's own list accepted the address",
      all: [{ in: ["body", "log", "symptom"], text: /\bAccepting IP\b/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a relay says that its upstream answered 403",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\bupstream\b[^\n]{0,40}\b(?:returned|responded|answered|failed|status|error)\b[^\n]{0,30}\b403\b|Invalid upstream response \(403\)/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /"provider_name"|Provider returned error/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the proxy tells how long its upstream took, so the upstream answered",
      all: [{ in: ["headers"], text: /x-kong-upstream-latency:|x-envoy-upstream-service-time:/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the page is another server's than the one that was asked",
      all: [
        {
          in: ["body", "log"],
          text: /<center>\s{0,3}(?:cloudflare-nginx|cloudflare|AkamaiGHost|awselb|Microsoft-Azure)/i,
        },
        { in: ["config", "symptom"], text: /proxy_pass|ProxyPass|reverse[-_ ]proxy/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "it is told who wrote the answer",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:returned|sent|answered|produced|written|emitted|com(?:es?|ing)) (?:by|from) (?:the|my|your|our|an?|another) (?:\w{1,20} )?(?:application|app|backend|upstream|origin)\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "it works without the proxy in between",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:work|ok|fine|succeed|200|accessible)\w{0,3}\b[^\n]{0,60}\b(?:direct(?:ly)?|locally|postman|localhost|without (?:the )?proxy)\b[^\n]{0,120}\b(?:proxy|gateway|tunnel|balancer)\b|\b(?:through|via|behind|using) (?:\w{1,12} ){0,3}(?:proxy|tunnel)\b[^\n]{0,120}\b(?:direct(?:ly)?|locally|localhost|without)\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the application calls a further service",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:calls?|requests?|queries)\b[^\n]{0,40}\b(?:another|other|second|downstream|further|third-party)\b[^\n]{0,30}\b(?:service|endpoint|namespace|api|app)\b|\b(?:relayed?|passe[sd] (?:on|through))\b[^\n]{0,40}\b403\b|\b(?:service|api|endpoint|app\w{0,10})\b[^\n]{0,20}\b(?:that|which)? ?(?:it|we|they) calls?\b|\bsecond hop\b|\bdownstream\b[^\n]{0,40}\b(?:403|denie[sd]|forbid|refuse)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the gate accepts the request and the user is refused nevertheless",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:accepted|detected|whitelisted|allowed|passes)\b[^\n]{0,80}\b(?:but|yet|still|nevertheless|however)\b[^\n]{0,60}\b(?:403|forbidden|denied|refused)|\b(?:403|forbidden|denied)\b[^\n]{0,40}\b(?:on|for|at) an? (?:allowed|permitted|accepted|public) (?:path|route|url|endpoint)/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /matched none|Rejecting IP|403[^\n]{0,40}Apache|\bcurl works\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the proxy's access log has the 403 from its upstream",
      all: [relayed],
      none: [refusedBehind],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the answer is not one Traefik writes: its own is the word Forbidden and nothing else",
      all: [
        { in: ["symptom"], text: /\btraefik\b/i },
        {
          in: ["body", "headers"],
          text: /^\s{0,5}[{<]|^server: (?!traefik)\S|"status_?code"\s{0,3}:|You don't have permission/im,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /AH01630|forward-?auth|authelia|authentik|Blocked request|cloudflare/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the gate lets the request in, and the answer is a refusal all the same",
      all: [
        {
          in: ["symptom", "log"],
          text: /\bAccepting IP\b|\b(?:gateway|proxy|gate|middleware|log)\b[^\n]{0,60}\b(?:accepts?|accepted|lets? (?:it|me) (?:in|through)|passes|allowed)\b[^\n]{0,60}\b(?:still|but|yet|anyway|nevertheless)\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "opened directly it works, behind the gateway it is refused",
      all: [
        { in: ["symptom"], text: /\b(?:direct(?:ly)?|without (?:the |a )?(?:proxy|gateway))\b/i },
        { in: ["symptom"], text: /\bgateway\b|\bproxy\b|\bupstream\b|\bproxied\b/i },
        { in: ["symptom"], text: /\bworks?\b|\bfine\b|\bok\b|\b200\b|\bopens\b|\bloads\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /rejecting|matched none|allow-?list|whitelist|minio|signature|csrf|origin checking|istio|RBAC|Missing Authentication|waf\b|modsec|missing authentication|vite|allowedHosts/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the program behind the proxy refuses the host it is asked by",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\b(?:forbidden|denied|refused|rejected|403)\b[^\n]{0,20}\b(?:invalid|unknown|unexpected|disallowed|wrong|bad)\b[^\n]{0,10}\bhost\b|\bhost(?:name)? header (?:is )?(?:not allowed|invalid|mismatch)|\b(?:invalid|unknown|disallowed) host header\b/i,
        },
        { in: ["symptom"], text: /\bprox(?:y|ies|ied)\b|\btunnel\b|\bbehind\b|\bgateway\b|\bdomain\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /webpack|dev ?server|react-scripts|ng serve|vue-cli|vite|npm (?:start|run)/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "pages and assets come through the proxy, and the application's API is refused",
      all: [
        { in: ["symptom"], text: /\bbehind\b|\bprox(?:y|ied)\b|\btraefik\b|\bcaddy\b/i },
        {
          in: ["symptom"],
          text: /\b(?:page|shell|html|assets?|static|ui|frontend)\b[^\n]{0,30}\b(?:loads?|fine|works?|ok)\b[^\n]{0,60}\bapi\b[^\n]{0,40}\b(?:403|forbidden|denied|refused)/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /csrf|cors|waf|modsec|token|cookie|forward-?auth/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "case",
      says: "what fails behind the proxy is what sends a form or adds something, which is a check of the application's",
      all: [
        { in: ["symptom"], text: /\bprox|\bbehind\b/i },
        {
          in: ["symptom"],
          text: /\blog ?-?in\b|\bsign ?-?in\b|\b(?:adding|saving|submitting|creating|posting|editing|deleting|uploading)\b|\bPOSTs?\b|\bforms?\b/i,
        },
      ],
      none: [{ in: ["log", "headers", "body"], text: /./ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a proxy stands in front, and the page is another server's",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:behind|through|via) (?:an? |the |my )?(?:traefik|haproxy|caddy|envoy|ingress|kong)\b|\btraefik\b[^\n]{0,60}\binstead of\b/i,
        },
        {
          in: ["symptom", "body"],
          text: /You don(?:'|’)t have permission to access|nginx\/\d|application's own|error instead of the app/i,
        },
      ],
      none: [
        {
          in: ["symptom", "body", "log", "headers", "config"],
          text: /white-?list|allow-?list|sourceRange|authelia|authentik|forward-?auth|csrf|cors\b|Rejecting IP/i,
        },
      ],
    },
  ],
})
