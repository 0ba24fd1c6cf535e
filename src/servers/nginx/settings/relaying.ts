/** Directives that pass a request on to another server. */
export const RELAYING = new Set([
  "proxy_pass",
  "fastcgi_pass",
  "uwsgi_pass",
  "scgi_pass",
  "grpc_pass",
  "memcached_pass",
])

/** Directives that answer 200 by themselves. */
export const ANSWERING = new Set(["empty_gif", "stub_status"])
