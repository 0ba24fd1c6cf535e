import { foreignCause } from "../cause.ts"

export const nginxDenyRule = foreignCause({
  code: "nginx/deny-rule",
  emitter: "nginx",
  title: "An `allow` and `deny` list of nginx does not let the client's address in",
  why: "`allow` and `deny` are read from the top, and the first that fits the client's address decides. A list inside a block replaces the one around it whole. Behind a proxy the address is the proxy's, unless the real-IP module is told whom to believe.",
  fix: [
    {
      by: "operator",
      does: "Put `allow` with the client's address before the `deny` that fits it, in the block that answers this path",
      admits: "requests from that address",
    },
    {
      by: "operator",
      does: "Set `set_real_ip_from` to the proxy in front and `real_ip_header` to the field it sets, where the address in the log is the proxy's",
      admits: "the clients the list already names",
    },
    {
      by: "operator",
      does: "Make the location of the `deny` narrower, where the path was not meant by it",
      admits: "everyone, on the paths it no longer fits",
    },
  ],
  unwise: ["Removing `deny all`: it lets everyone in who can reach the port"],
  ask: {
    question:
      "Which `allow` and `deny` lines apply to this path, and is the address in the error line the client's own?",
    why: "The first line that fits the address decides, and an address of a proxy fits none that was written for clients.",
  },
  sources: [
    "https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_access_module.c",
    "https://nginx.org/en/docs/http/ngx_http_access_module.html",
    "https://github.com/dappnode/DAppNode/issues/368",
    "https://github.com/fail2ban/fail2ban/pull/2226",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "nginx writes this where a list of `allow` and `deny` ends in a denial",
      all: [{ in: ["log", "symptom", "body"], text: "access forbidden by rule" }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the configuration of nginx denies addresses",
      all: [{ in: ["config"], text: /(?:^|[{;])[ \t]*deny[ \t]+(?:all|[0-9a-f.:/]{3,45})[ \t]*;/im }],
      none: [{ in: ["log"], text: /directory index of|\(13: Permission denied\)|AH0\d{4}/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the configuration of nginx lets only some addresses in",
      all: [{ in: ["config"], text: /^[ \t]*allow[ \t]+[0-9a-f.:/]{3,45}[ \t]*;/im }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "it is told that `deny` or `allow` of nginx is at work",
      all: [
        {
          in: ["symptom"],
          text: /\bdeny all\b|\ballow\/deny\b|\bnginx\b[^\n]{0,60}\b(?:deny|allow ?list|white ?list|ip restrict)/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "source",
      says: "the block limits methods, which is told in the same words",
      all: [{ in: ["config"], text: /^[ \t]*limit_except\b/im }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the page of nginx's own figures, which is open to few addresses",
      all: [
        {
          in: ["symptom", "request", "config"],
          text: /\bstub_status\b|\bnginx[_ -]?stat(?:s|us)?\b|\/nginx_status\b|\/basic_status\b/i,
        },
      ],
      none: [{ in: ["log"], text: /directory index of|\(13: / }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "nginx's guides deny whatever begins with a dot, and the proof of a certificate lies in such a directory",
      all: [
        { in: ["symptom", "log", "config", "body", "headers"], text: /nginx|openresty/i },
        {
          in: ["symptom", "request", "log"],
          text: /\bdot ?-?files?\b|\bstart\w{0,4} with a (?:dot|period)\b|\bhidden (?:files?|director\w{1,4})\b|\/\.well-known\b|acme-challenge/i,
        },
      ],
      none: [
        {
          in: ["symptom", "log", "config", "body"],
          text: /\(13: |directory index of|opening the|directory itself|apache|htaccess|AH0\d|proxy_pass|\b404\b|chmod|permissions?\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "nginx lets only listed addresses in, by a list of the proxy's panel",
      all: [
        { in: ["symptom"], text: /\baccess lists?\b/i },
        { in: ["symptom", "body", "config", "log", "headers"], text: /nginx|openresty|\bNPM\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "body"],
          text: /load ?-?balancer|X-Forwarded|real[_ -]?ip|cloudflare|own (?:ip|address)|my (?:ip|address)|snat|docker bridge/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "the gateway writes its list for its own interface as nginx's allow and deny",
      all: [{ in: ["config"], text: /^[ \t]*allow_admin:/m }],
      none: [{ in: ["body"], text: /Your IP address|\{"/ }],
    },
  ],
})
