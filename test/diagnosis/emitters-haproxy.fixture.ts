import { type Refusal, refusal } from "./emitters-refusal.fixture.ts"

/** What HAProxy can be made to refuse; each has a frontend of its own. */
export const HAPROXY_REFUSALS: readonly Refusal[] = [
  refusal({
    name: "http-request deny by path",
    cause: "haproxy/deny",
    site: "http-request deny if { path_beg /admin }",
    target: "/admin/",
  }),
  refusal({
    name: "http-request deny by address",
    cause: "haproxy/deny",
    site: "acl office src 192.0.2.0/24\n  http-request deny deny_status 403 unless office",
  }),
  refusal({
    name: "http-request deny with a body of the site",
    cause: "haproxy/deny",
    site: 'http-request deny deny_status 403 content-type text/plain string "Not from here" if { src 127.0.0.0/8 }',
    isPageOwn: false,
  }),
  refusal({
    name: "http-request tarpit",
    cause: "haproxy/deny",
    site: "timeout tarpit 50ms\n  http-request tarpit deny_status 403 if { path_beg /wp-login }",
    target: "/wp-login.php",
  }),
  refusal({
    name: "http-request return 403",
    cause: "haproxy/deny",
    site: 'http-request return status 403 content-type text/plain string "no" if { method PUT }',
    asked: { method: "PUT", target: "/doc", body: "x" },
    isPageOwn: false,
  }),
  refusal({
    name: "http-request deny of a rate, logged as syslog does",
    cause: "haproxy/deny",
    site: "no log\n  log stdout format rfc3164 local0\n  stick-table type ip size 1k expire 1m store http_req_rate(1m)\n  http-request track-sc0 src\n  http-request deny deny_status 403 if { sc_http_req_rate(0) gt 1 }",
    times: 2,
  }),
  refusal({
    name: "http-response deny",
    cause: "haproxy/deny",
    site: "http-response deny deny_status 403 if { res.hdr(server) -m beg nginx }",
    target: "/index.html",
  }),
]
