import { foreignCause } from "../cause.ts"

export const gatewayIpAllowlistSeesProxy = foreignCause({
  code: "gateway/ip-allowlist-sees-proxy",
  emitter: "gateway",
  title: "The allow list is right, and the address compared with it is a proxy's",
  why: "A load balancer, an ingress network or source NAT replaces the client's address by its own. The gateway compares that, and nobody on the list gets in.",
  fix: [
    {
      by: "operator",
      does: "Preserve the client's address, with `externalTrafficPolicy: Local` or the PROXY protocol",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Trust the proxy's own addresses for X-Forwarded-For, and take the client's address from there",
      admits: "nobody else",
    },
  ],
  unwise: [
    "Adding the proxy's address to the list admits everyone who comes through it",
    "Trusting X-Forwarded-For from any address lets anyone claim a listed one",
  ],
  ask: {
    question: "Which client address do the gateway's log and the service behind it show?",
    why: "A private address, or always the same one, is a proxy's",
  },
  sources: [
    "https://github.com/traefik/traefik/issues/2942",
    "https://github.com/kubernetes/ingress-nginx/issues/1859",
    "https://github.com/Kong/kong/issues/5416",
    "https://github.com/Azure/AKS/issues/438",
    "https://kubernetes.io/docs/tutorials/services/source-ip/",
  ],
  clues: [
    {
      weight: "strong",
      basis: "case",
      says: "the gateway rejected a private address, as proxies have",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /(?:source-IP|Rejecting IP|IP address not allowed:?|forbidden by rule, client:)\s{1,3}["']?(?:10\.\d|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.|127\.0\.0\.1|::1)/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /white-?list|allow-?list|ip-?restriction|sourceRange/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "an allow list is set, and the address seen is private, as proxies have",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /white-?list|allow-?list|ip[-_ ]?restriction|source-?range/i,
        },
        {
          in: ["request", "log", "body", "headers"],
          text: /\b10\.\d{1,3}\.\d{1,3}\.\d{1,3}\b|\b172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.\d{1,3}\b|\b192\.168\.\d{1,3}\.\d{1,3}\b|\b127\.0\.0\.1\b/,
        },
      ],
      none: [
        { in: ["log"], text: /Accepting IP/ },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /empty IP|excludedIPs|\bdepth\b/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "an allow list stands behind a load balancer or proxy",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /white-?list|allow-?list|ip[-_ ]?restriction|source-?range/i,
        },
        {
          in: ["symptom", "config", "log"],
          text: /load ?-?balancer|\b(?:ELB|ALB|NLB|SLB)\b|externalTrafficPolicy|\bS?NAT\b|\bswarm\b|kube-proxy|X-Forwarded-For|X-Real-IP|x-?forwarded|PROXY protocol|proxy_protocol|real_ip|trusted_?ips|forwardedHeaders|\bmetal-?lb\b|\bAKS\b|\bGKE\b|\bEKS\b|\bECS\b|behind (?:a|the|another|my) (?:reverse )?proxy/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /Accepting IP|empty IP|excludedIPs|\bipStrategy\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an address on the list is refused nevertheless",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:white-?listed|allow-?listed|listed|allowed)\b[^\n]{0,80}\b(?:ip|address|client|range)\b|\bip\b[^\n]{0,40}(?:white-?list|allow-?list)|white-?list[^\n]{0,60}\b(?:not work|doesn'?t work|still|locks?|always|reject|refus|403)/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /empty IP|excludedIPs|0\.0\.0\.0|Accepting IP/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an ingress has an allow list",
      all: [
        {
          in: ["config"],
          text: /whitelist-source-range|whitelist-?sourceRange|allowlist-source-range|ip-?white-?list|ip-?allow-?list|sourceRange/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /empty IP|excludedIPs|0\.0\.0\.0\/0|\bdepth\b|Accepting IP/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "since a proxy stands in front, everybody is refused",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:everybody|everyone|anyone|nobody|all (?:users|clients|visitors|requests)|every (?:request|client|visitor|user))\b[^\n]{0,80}\bbehind\b|\bbehind (?:another |an? (?:other )?|the )?(?:reverse[- ])?(?:proxy|load ?-?balancer|CDN)\b[^\n]{0,60}\b(?:everybody|everyone|all (?:users|clients|visitors|requests))\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /csrf|cookie|log-?in|signature|signed|origin|host header|trusted/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "who is on the list is refused too",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:my|our) own (?:ip|address)\b|\b(?:my|our) (?:ip|address)\b[^\n]{0,30}\b(?:too|also|itself)\b|\block(?:s|ed)? (?:me |us )?out\b/i,
        },
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /white-?list|allow-?list|source-?range|ip-?restriction|\binternal network\b/i,
        },
      ],
      none: [{ in: ["symptom", "request", "headers", "body", "log", "config"], text: /Accepting IP|empty IP/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an ingress with a list of addresses refuses one that is on it",
      all: [
        { in: ["symptom", "config"], text: /\bingress\b|\bkubernetes\b|\bk8s\b/i },
        { in: ["symptom", "config"], text: /white-?list|allow-?list|source-?range|\ballowed ips?\b/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /access forbidden by rule, client: (?!10\.|172\.|192\.168|127\.)|empty IP|Accepting IP/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an ingress or gateway is to admit some addresses only, and they are refused",
      all: [
        {
          in: ["symptom"],
          text: /\bwhitelist-source-range\b|\b(?:restrict|limit|white-?list|allow)\w{0,5}\b[^\n]{0,40}\b(?:ips?|addresses|source range)\b|\b(?:ips?|addresses)\b[^\n]{0,30}\b(?:white-?list|allow-?list)\w{0,3}\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bingress\b|\btraefik\b|\bload ?balancer\b|\bgke\b|\baks\b|\beks\b|kubernetes|\bproxy\b|gateway/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /matched none of|0\.0\.0\.0\/0|excludedIPs|depth:|azure openai|openai|cosmos|storage account|kong|apisix|apinto|tyk|istio|Your IP|IP address not allowed|illegal ip/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the address that matched no entry is a private one, as proxies and bridges have",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /(?:10\.\d{1,3}\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}|192\.168\.\d{1,3})\.\d{1,3}\\{0,2}['"]{0,2} matched none/i,
        },
      ],
      none: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /empty IP|excludedIPs|Accepting IP/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the access log has the address of a container network where the client's should be",
      all: [
        {
          in: ["symptom"],
          text: /\baccess list\b|white-?list|allow-?list|\bmy (?:own )?(?:ip|address)\b|\bip (?:address )?(?:filter|restriction)/i,
        },
        {
          in: ["log"],
          text: /\[Client (?:10\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.)|^(?:10\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]{3,9} - |client(?:_ip|ip)?["=: ]{1,4}(?:10\.|172\.(?:1[6-9]|2\d|3[01])\.)/im,
        },
      ],
      none: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /empty IP|excludedIPs|Accepting IP/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a list of addresses refuses, and a proxy or container stands in front",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /white-?list|allow-?list|\baccess list\b|\ballowed (?:ips?|addresses)\b/i,
        },
        {
          in: ["symptom"],
          text: /\breverse[- ]prox|\bprox(?:y|ied)\b|\bdocker\b|\bcontainer\b|\btunnel\b|\bbehind\b|\bcloudflare\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /empty IP|excludedIPs|Accepting IP|allowedHosts|allowed hosts?\b|\bcors\b|\borigins?\b|domain|openai|azure|host header/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an address is listed, and is refused all the same",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:white|allow|access|safe)[ -]?list(?:s|ed|ing)?\b|\bipwhitelist\b|\bwhitelist-source-range\b|\b(?:restrict\w{0,4}|limit\w{0,3})\b[^\n]{0,40}\b(?:my|our|one|an|the|certain|specific) (?:\w{1,10} )?(?:ips?|address(?:es)?|network|range)\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:still|always|also|even|own|nobody|everyone|everybody|all|though|although|yet|but|does(?:n't| not)|not let)\b/i,
        },
        { in: ["symptom"], text: /\b(?:ips?|address(?:es)?|source|range|network|access list|ipwhitelist)\b/i },
      ],
      none: [
        {
          in: ["symptom", "body", "log", "headers", "config", "request"],
          text: /empty IP|excludedIPs|0\.0\.0\.0|Accepting IP|openai|storage account|key ?vault|cosmos|iam\b|bucket|kong|apisix|apinto|tyk|istio|matched none of|Your IP|IP address not allowed|illegal ip|csrf|cors\b|origin|referr?er|allowed_?hosts|domain|email|user-?agent|depth/i,
        },
      ],
    },
  ],
})
