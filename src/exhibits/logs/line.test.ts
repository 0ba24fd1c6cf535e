import { expect, test } from "bun:test"
import { accessReader, httpdFormat, nginxFormat } from "./access-format.ts"
import { readEvents } from "./events.ts"
import { readLine } from "./line.ts"

const read = (line: string) => {
  const { ids, line: _, from: __, message: ___, time, ...said } = readLine(line, "log")
  return { ...said, ids: Object.fromEntries(ids), at: time === undefined ? undefined : new Date(time).toISOString() }
}

test.each([
  [
    "nginx",
    '2024/06/23 16:49:24 [error] 12#34: *7 open() "/a, client: x" failed (13: Permission denied), client: 192.0.2.4, server: s, request: "GET /a?b HTTP/1.1", upstream: "http://u/", host: "h:81", referrer: "http://r/, host: "',
    {
      format: "nginx-error",
      level: "error",
      client: "192.0.2.4",
      method: "GET",
      target: "/a?b",
      host: "h:81",
      referrer: "http://r/, host: ",
      codes: ["errno 13"],
      ids: { connection: "12*7" },
      at: "2024-06-23T16:49:24.000Z",
    },
  ],
  [
    "httpd 2.2",
    "[Sat Aug 12 04:05:51 2006] [error] [client 192.0.2.1] client denied by server configuration: /var/www/x, referer: http://a/b",
    {
      format: "httpd-error",
      level: "error",
      client: "192.0.2.1",
      referrer: "http://a/b",
      codes: [],
      at: "2006-08-12T04:05:51.000Z",
    },
  ],
  [
    "httpd 2.4 behind its errno",
    "[Mon Jul 21 13:27:00.276053 2014] [core:error] [pid 25449:tid 140] (13)Permission denied: [client ::1:39747] AH00035: access to /u denied (filesystem path '/a') because",
    {
      format: "httpd-error",
      level: "error",
      client: "::1",
      clientPort: 39747,
      target: "/u",
      codes: ["AH00035", "errno 13"],
      at: "2014-07-21T13:27:00.276Z",
    },
  ],
  [
    "ModSecurity 2",
    '[Mon Jul 21 13:27:00.276053 2014] [security2:error] [pid 1] [client 192.0.2.1:80] [client 192.0.2.1] ModSecurity: Access denied with code 403 (phase 2). x [id "949110"] [msg "a \\"b\\""] [severity "CRITICAL"] [hostname "h"] [uri "/p"] [unique_id "ZkX"]',
    {
      format: "modsecurity-2",
      client: "192.0.2.1",
      clientPort: 80,
      target: "/p",
      host: "h",
      status: 403,
      codes: ["949110"],
      ids: { unique_id: "ZkX" },
    },
  ],
  [
    "ModSecurity 3 in nginx",
    '2024/06/23 16:49:24 [error] 12#12: *7 [client 192.0.2.1] ModSecurity: Access denied with code 403 (phase 2). x [id "941100"] [severity "2"] [uri "/p"] [unique_id "17"] [ref "o0,5"], client: 192.0.2.1, server: s, request: "POST /p?x HTTP/1.1", host: "h"',
    {
      format: "modsecurity-3",
      method: "POST",
      target: "/p?x",
      codes: ["941100"],
      ids: { connection: "12*7", unique_id: "17" },
    },
  ],
  [
    "Coraza",
    '[client "192.0.2.1"] Coraza: Access denied (phase 1). x [id "913100"] [severity "critical"] [unique_id "abc"]',
    { format: "coraza", client: "192.0.2.1", level: "critical", codes: ["913100"], ids: { unique_id: "abc" } },
  ],
  [
    "HAProxy behind syslog",
    'Feb  6 12:14:14 localhost haproxy[14389]: 10.0.1.2:33317 [06/Feb/2009:12:14:14.655] in in/<NOSRV> 10/-1/-1/-1/109 403 188 - - PR-- 1/1/0/0/0 0/0 {1wt.eu} {} "GET /i HTTP/1.1"',
    {
      format: "haproxy",
      client: "10.0.1.2",
      clientPort: 33317,
      target: "/i",
      status: 403,
      codes: ["PR--", "<NOSRV>"],
      at: "2009-02-06T12:14:14.655Z",
    },
  ],
  [
    "Envoy of Istio",
    '[2020-11-25T21:26:18.409Z] "GET /s HTTP/1.1" 403 - rbac_access_denied_matched_policy[none] - "-" 0 19 3 - "-" "curl/7" "84961386" "b:8000" "-" inbound|8000|| - 10.44.1.27:80 10.44.1.23:37652 o -',
    {
      format: "envoy",
      method: "GET",
      target: "/s",
      host: "b:8000",
      agent: "curl/7",
      status: 403,
      codes: ["rbac_access_denied_matched_policy[none]"],
      ids: { request_id: "84961386" },
    },
  ],
  [
    "Envoy refused by its upstream",
    '[2016-04-15T20:17:00.310Z] "POST /l HTTP/2" 403 - 154 0 226 100 "10.0.35.28" "agent" "cc21d9b0" "locations" "tcp://10.0.2.1:80"',
    { format: "envoy", client: "10.0.35.28", status: 403, upstreamStatus: 403, codes: [] },
  ],
  [
    "Squid",
    "1286536309.450    180 192.168.0.224 TCP_DENIED/403 1234 CONNECT a.example:443 - HIER_NONE/- text/html",
    { format: "squid", method: "CONNECT", target: "a.example:443", status: 403, codes: ["TCP_DENIED"] },
  ],
  [
    "a load balancer of AWS",
    'h2 2018-07-02T22:23:00.186641Z app/lb/50dc 10.0.1.252:48160 - 0.000 0.002 0.000 403 - 5 257 "GET https://a.example:443/x?y HTTP/2.0" "curl/7" E T arn "Root=1-58" "a.example" "arn" 1 2018-07-02T22:22:48.364000Z "waf,forward" "-" "-"',
    {
      format: "alb",
      client: "10.0.1.252",
      clientPort: 48160,
      target: "/x?y",
      host: "a.example",
      status: 403,
      codes: ["waf", "forward"],
      ids: { trace: "Root=1-58" },
    },
  ],
  [
    "CloudFront",
    "2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tPOST\td1.cloudfront.net\t/i\t403\t-\tMozilla/5.0%20(x)\ta=b\t-\tError\tSOX4\ta.example\thttps\t23",
    {
      format: "cloudfront",
      method: "POST",
      target: "/i?a=b",
      host: "a.example",
      status: 403,
      agent: "Mozilla/5.0 (x)",
      codes: ["Error"],
      ids: { request_id: "SOX4" },
    },
  ],
  [
    "Caddy",
    '{"level":"info","ts":1646861401.52,"msg":"handled request","request":{"remote_ip":"127.0.0.1","remote_port":"41342","method":"GET","host":"h","uri":"/x"},"status":403}',
    {
      format: "json",
      client: "127.0.0.1",
      clientPort: 41342,
      method: "GET",
      target: "/x",
      host: "h",
      status: 403,
      at: "2022-03-09T21:30:01.520Z",
    },
  ],
  [
    "AWS WAF",
    '{"timestamp":1576280412771,"terminatingRuleId":"Default","action":"BLOCK","httpRequest":{"clientIp":"192.0.2.1","uri":"/u","httpMethod":"POST","requestId":"1-5"},"labels":[{"name":"awswaf:SizeRestrictions_Body"}]}',
    {
      format: "json",
      client: "192.0.2.1",
      target: "/u",
      codes: ["Default", "BLOCK", "awswaf:SizeRestrictions_Body"],
      ids: { request_id: "1-5" },
      at: "2019-12-13T23:40:12.771Z",
    },
  ],
  [
    "a load balancer of Google",
    '{"httpRequest":{"requestMethod":"POST","requestUrl":"https://a.example/x","status":403,"remoteIp":"192.0.2.1"},"jsonPayload":{"statusDetails":"denied_by_security_policy"},"timestamp":"2024-01-01T00:00:00Z"}',
    {
      format: "json",
      host: "a.example",
      target: "/x",
      status: 403,
      codes: ["denied_by_security_policy"],
      at: "2024-01-01T00:00:00.000Z",
    },
  ],
  [
    "Kong",
    '{"request":{"method":"GET","uri":"/x"},"response":{"status":403},"client_ip":"192.0.2.1","upstream_status":"403"}',
    { format: "json", method: "GET", target: "/x", status: 403, upstreamStatus: 403, client: "192.0.2.1" },
  ],
  [
    "Traefik",
    '192.0.2.1 - - [10/Oct/2023:13:55:36 +0000] "GET /a HTTP/1.1" 403 5 "-" "curl/8" 12 "r@docker" "http://10.0.0.1:80" 3ms',
    { format: "traefik", status: 403, agent: "curl/8" },
  ],
  [
    "vhost_combined",
    'a.example:443 192.0.2.1 - bob [10/Oct/2023:13:55:36 +0200] "GET /a\\"b HTTP/1.1" 403 5 "http://r" "M \\"x\\""',
    {
      format: "httpd-access",
      host: "a.example",
      client: "192.0.2.1",
      target: '/a\\"b',
      status: 403,
      referrer: "http://r",
      agent: 'M \\"x\\"',
      at: "2023-10-10T11:55:36.000Z",
    },
  ],
  [
    "SELinux",
    'type=AVC msg=audit(1433013515.931:22228): avc:  denied  { getattr } for  pid=31180 comm="httpd" path="/a" tclass=file',
    { format: "audit", codes: ["avc denied", "getattr", "file"], at: "2015-05-30T19:18:35.931Z" },
  ],
  [
    "AppArmor behind syslog",
    'Jun 23 16:49:24 host kernel: audit: type=1400 audit(1433013515.931:22): apparmor="DENIED" operation="open" profile="nginx"',
    { format: "audit", codes: ["apparmor denied", "open"] },
  ],
  [
    "Kubernetes",
    'Error from server (Forbidden): pods is forbidden: User "x" cannot list resource "pods"',
    { format: "kubernetes" },
  ],
  [
    "an application",
    "2024-06-23 16:49:24.123 ERROR 1 --- c.a.Filter : Access denied for POST /api/x from ip 10.0.0.1: status=403 request_id=abcdef12",
    {
      format: "text",
      level: "error",
      client: "10.0.0.1",
      method: "POST",
      target: "/api/x",
      status: 403,
      ids: { request_id: "abcdef12" },
      at: "2024-06-23T16:49:24.123Z",
    },
  ],
])("a line of %s", (_, line, said) => {
  expect(read(line)).toMatchObject(said)
})

const NGINX =
  '2024/06/23 16:49:24 [error] 1#1: *1 access forbidden by rule, client: 192.0.2.1, server: x, request: "GET /a HTTP/1.1", host: "h"'

test.each([
  `web_1  | ${NGINX}`,
  `[pod/web-0/nginx] ${NGINX}`,
  `2024-06-23T16:49:24.123456789Z stderr F ${NGINX}`,
  `Jun 23 16:49:24 host nginx[12]: ${NGINX}`,
  `<190>Jun 23 16:49:24 host nginx: ${NGINX}`,
  `<190>1 2024-06-23T16:49:24Z host nginx 12 - - ${NGINX}`,
  JSON.stringify({ log: `${NGINX}\n`, stream: "stderr", time: "2024-06-23T16:49:24Z" }),
])("what a collector puts before a line is taken away: %s", (line) => {
  expect(read(line)).toMatchObject({
    format: "nginx-error",
    client: "192.0.2.1",
    target: "/a",
    ids: { connection: "1*1" },
  })
  expect(readLine(line, "log").line).toBe(line)
})

test("what could mean several things is not told", () => {
  expect(read("GET /a then POST /b with status 200 and status 403")).toEqual({
    format: "text",
    codes: [],
    ids: {},
    at: undefined,
  })
  expect(read("it costs 403 dollars")).not.toHaveProperty("status")
  expect(read("An error occurred (AccessDeniedException) when calling the Converse operation")).not.toHaveProperty(
    "level",
  )
})

test("a format that the configuration declares is read by it", () => {
  const config = `log_format main '$remote_addr "$request" $status us=$upstream_status '
                      'id=$request_id "$http_user_agent"';`
  const { events } = readEvents(
    [{ part: "log", from: "access.log", text: '192.0.2.1 "GET /x HTTP/1.1" 403 us=200, 403 id=abc "a b"' }],
    [{ part: "config", from: "nginx.conf", text: config }],
  )
  expect(events[0]).toMatchObject({
    format: "nginx-access",
    client: "192.0.2.1",
    target: "/x",
    status: 403,
    upstreamStatus: 403,
    agent: "a b",
  })
  expect(events[0]?.ids.get("request_id")).toBe("abc")
})

test("declared formats end a value where the next text begins, and a quotation mark may be escaped", () => {
  const httpd = accessReader(
    "httpd-access",
    httpdFormat('%h %l %u %t \\"%r\\" %>s %b \\"%{User-Agent}i\\" %{UNIQUE_ID}e'),
  )
  expect(httpd('192.0.2.1 - - [10/Oct/2023:13:55:36 +0000] "GET / HTTP/1.1" 403 5 "a \\"b" Zk1')).toMatchObject({
    status: 403,
    agent: 'a \\"b',
  })
  const nginx = accessReader(
    "nginx-access",
    nginxFormat("[$time_iso8601] $remote_addr:$remote_port $request_method $request_uri $status"),
  )
  expect(nginx("[2024-01-01T00:00:00+00:00] 192.0.2.1:4000 GET /x 403")).toMatchObject({
    clientPort: 4000,
    method: "GET",
    target: "/x",
  })
  expect(nginx("something else")).toBeUndefined()
})

test("a serial audit log tells all its lines what its sections say", () => {
  const text = `--a1b2c3d4-A--
[27/Jul/2016:05:46:16 +0200] V5guiH8AAQEAADTeJ2wAAAAK 192.0.2.5 61000 192.0.2.1 80
--a1b2c3d4-B--
POST /x HTTP/1.1
Host: a
--a1b2c3d4-F--
HTTP/1.1 403 Forbidden
--a1b2c3d4-H--
Message: Access denied with code 403 (phase 2). x [id "949110"]
--a1b2c3d4-Z--
after`
  const { events } = readEvents([{ part: "log", from: "audit.log", text }])
  expect(events.at(-3)).toMatchObject({
    from: "audit.log:9",
    format: "modsecurity-2",
    client: "192.0.2.5",
    clientPort: 61000,
    method: "POST",
    target: "/x",
    status: 403,
    codes: ["949110"],
  })
  expect(events.at(-3)?.ids.get("unique_id")).toBe("V5guiH8AAQEAADTeJ2wAAAAK")
  expect(events.at(-1)).toMatchObject({ format: "text", line: "after" })
  expect(events.at(-1)?.ids.size).toBe(0)
})
