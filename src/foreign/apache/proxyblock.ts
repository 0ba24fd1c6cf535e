import { foreignCause } from "../cause.ts"

export const apacheProxyblock = foreignCause({
  code: "apache/proxyblock",
  emitter: "apache",
  title: "`ProxyBlock` of Apache httpd forbids the host that is asked for",
  why: "As a proxy, httpd refuses hosts whose name or address `ProxyBlock` lists, and ports that `AllowCONNECT` does not list.",
  fix: [
    {
      by: "operator",
      does: "Take the one host out of `ProxyBlock`, or add the one port to `AllowCONNECT`",
      admits: "everyone who may use the proxy, to that host or port",
    },
    { by: "caller", does: "Reach the host without this proxy, with `NO_PROXY`", admits: "nobody else" },
  ],
  unwise: ["`ProxyBlock` emptied: every host can be reached through the proxy"],
  ask: {
    question: "Does the request pass without the proxy?",
    why: "Then only the proxy's own list forbids the host.",
  },
  sources: [
    "https://github.com/apache/httpd/blob/trunk/modules/proxy/proxy_util.c",
    "https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxyblock",
    "https://httpd.apache.org/docs/2.4/mod/mod_proxy_connect.html#allowconnect",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "httpd writes this where `ProxyBlock` forbids a host",
      all: [{ in: ["log", "symptom", "body"], text: /AH0091[67]|connect to remote machine [^\n]{1,200} blocked/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "httpd's page says that the proxy may not connect there",
      all: [{ in: ["body", "log"], text: /Connect to remote machine blocked/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the configuration lists hosts that are forbidden",
      all: [{ in: ["config"], text: /^[ \t]*ProxyBlock\b/im }],
    },
  ],
})
