import { foreignCause } from "../cause.ts"

export const clientForwardProxyDenied = foreignCause({
  code: "client/forward-proxy-denied",
  emitter: "forward-proxy",
  title: "The forward proxy between client and internet refused the connection",
  why: "A company's or sandbox's proxy lets out only what its list allows. For https it refuses the CONNECT, so that the server asked for never sees the request and has it in no log.",
  fix: [
    {
      by: "operator",
      does: "Allow this host and port in the forward proxy's list",
      admits: "everyone behind the proxy, to that one host",
    },
    {
      by: "caller",
      does: "Exempt the host in `NO_PROXY` where it can be reached directly, or unset `HTTPS_PROXY` set by mistake",
      admits: "nobody else",
    },
  ],
  unwise: [
    "Opening CONNECT to every host and port in the proxy: everyone behind it, and whatever runs there unwanted, can then tunnel anywhere",
  ],
  ask: {
    question: "Does the same request succeed with `curl --noproxy '*'`, and does the server's access log show it?",
    why: "A request that never arrived was refused before the server.",
  },
  sources: [
    "https://github.com/curl/curl/blob/master/lib/cf-h1-proxy.c",
    "https://wiki.squid-cache.org/SquidFaq/SquidLogs",
    "https://github.com/chobits/ngx_http_proxy_connect_module/issues/190",
    "https://github.com/reactor/reactor-netty/issues/1654",
    "nodejs/undici lib/dispatcher/proxy-agent.js",
    "dotnet/runtime src/libraries/System.Net.Http/src/Resources/Strings.resx",
    "EnableSecurity/wafw00f wafw00f/plugins/zscaler.py",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "curl and what is built on it write this when the proxy refuses the tunnel",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /(?:Received HTTP code 403 from proxy after CONNECT|CONNECT tunnel failed, response 403)/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "other clients' words for a proxy that refuses the tunnel",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /(?:Tunnel connection failed: 403|response to CONNECT was[^\n]{0,20}403|tunneling socket could not be established[^\n]{0,12}, (?:statusCode|cause)=403|Proxy CONNECT aborted|Unable to tunnel through proxy\.? Proxy returns "?HTTP\/1\.[01] 403|HttpProxyConnectException[^\n]{0,120}403|ERR_TUNNEL_CONNECTION_FAILED)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Squid marks what its access list refuses so",
      all: [{ in: ["body", "headers", "log"], text: /(?:ERR_ACCESS_DENIED|TCP_DENIED\/403|X-Squid-Error)/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the request that was answered is the CONNECT to the proxy",
      all: [{ in: ["request", "log"], text: /(?:^|[\s">])CONNECT [\w.-]{1,200}:\d{1,5}\b/m }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "a proxy is set or named",
      all: [
        {
          in: ["symptom", "request", "config"],
          text: /\b(?:https?_proxy|no_proxy)\b|--proxy\b|\bproxychains\b|(?:corporate|company|forward|squid|egress|outbound) (?:http |web )?proxy/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the proxy's product says who answers",
      all: [
        {
          in: ["headers", "body"],
          text: /(?:Via: ?[^\n]{0,80}squid|Server: ?squid|Blue ?Coat|Zscaler|McAfee Web Gateway|FortiGuard|Cisco Umbrella|X-Proxy-Error|blocked-by-allowlist)/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "Squid's sentence for a request its list of rights does not allow",
      all: [
        {
          in: ["symptom", "body", "log"],
          text: /Access control configuration prevents your request from being allowed|cache_?administrator is/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "it depends on the way out to the network",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:without|bypass\w*|disabl\w*|turn\w* off) (?:the |a |our )?(?:system |web |http )?proxy\b|\b(?:from|inside|in|on) (?:the |our |my )?(?:company|corporate|office|university|school) (?:network|vpn|lan|wifi)\b|\bsystem proxy\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /reverse|nginx|proxy_pass|behind|trusted/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the program is set to go through a proxy, and is refused",
      all: [
        { in: ["config", "request"], text: /\bhttps?_proxy\s?=|\bproxy\s?=\s?https?:|http\.proxy|HTTPS?_PROXY=/i },
        { in: ["symptom", "body", "log"], text: /\b403\b|forbidden|authori[sz]edonly|denied|blocked/i },
      ],
      none: [{ in: ["symptom", "request", "headers", "body", "log", "config"], text: /proxy_pass|reverse/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the words of Go, undici, .NET and others for a proxy that refuses the tunnel",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /proxyconnect tcp: (?:Forbidden|403)|Proxy response \(403\) !== 200|proxy tunnel request to proxy [^\n]{1,120} failed with status code '403'|proxy CONNECT (?:failed|aborted)[^\n]{0,20}403|unexpected status from proxy: 403|Failed to establish (?:a )?tunnel[^\n]{0,60}403|proxy (?:server )?(?:returned|responded with)[^\n]{0,20}403|unsuccessful tunnel[^\n]{0,20}403/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a package manager behind a company's proxy",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:corporate|company|enterprise|office) (?:proxy|firewall|network)\b|\bbehind (?:a |an |my |our |the )?(?:corporate |company |enterprise )proxy\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:npm|pip|yarn|pnpm|nuget|maven|gradle|docker|apt|cargo|go get|git|install\w{0,3}|download\w{0,3})\b/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "case",
      says: "the provider refuses by country what the proxy lets out",
      all: [
        { in: ["symptom", "body", "log"], text: /unsupported_country|Request not allowed|country|region|中国|大陆/i },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the page of a company's web filter",
      all: [
        {
          in: ["body", "headers", "log", "symptom"],
          text: /<title>Web Filter Violation|\bWeb Filter Violation\b|url\.fortinet\.net|Internet Security by Zscaler|Zscaler to protect you|Server: ?Zscaler|FortiGate Application Control|Not allowed to browse [\w ]{2,40} category/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the report names a product that filters what leaves a company's network",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:zscaler|netskope|fortiguard|blue ?coat|forcepoint|cisco umbrella|mcafee web gateway)\b/i,
        },
      ],
      none: [{ in: ["symptom"], text: /\bIPs?\b[^\n]{0,60}\b(?:white|allow)-?list|website is blocking/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a package manager that goes through a proxy gets 403 from the public registry",
      all: [
        { in: ["symptom", "config"], text: /\bproxy\b/i },
        {
          in: ["log", "body"],
          text: /403 (?:Forbidden: \S{1,80}|http:\/\/registry\.npmjs\.org)|\bfetch(?:PackageMetaData| GET 403)|\bE403\b/,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /reverse|nexus|artifactory|verdaccio|proxy_pass|publish|_auth/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "words of a page that only a network's own proxy shows",
      all: [
        {
          in: ["body", "headers", "log", "symptom"],
          text: /Internet usage is (?:monitored|logged)|not using an approved web browser|currently blocks access to this (?:web ?)?site/i,
        },
      ],
    },
  ],
})
