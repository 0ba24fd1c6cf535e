import { assemble } from "./assemble.ts"
import { readCase } from "./case.ts"
import { kindOfLine, kindOfWhole } from "./classify.ts"
import { PARTS } from "./exhibits.ts"
import { httpdFormat, nginxFormat } from "./logs/access-format.ts"
import { readEvents } from "./logs/events.ts"
import { joined } from "./logs/joined.ts"
import { readLine } from "./logs/line.ts"
import { redact } from "./redact/redact.ts"
import { readErrorText } from "./request/error-text.ts"
import { readFetch } from "./request/fetch-call.ts"
import { readHar } from "./request/har.ts"
import { readLoose } from "./request/loose.ts"
import { readMessages } from "./request/message.ts"
import { readRequest } from "./request/read.ts"
import { readResponse } from "./request/response.ts"
import { messagesOf } from "./request/transcript.ts"
import { readWebRequest } from "./request/web-request.ts"
import { readArguments } from "./script/literal.ts"
import { bashCommand } from "./shell/bash.ts"
import { cmdCommand } from "./shell/cmd.ts"
import { powershellTokens } from "./shell/powershell.ts"
import { splitPaste } from "./split.ts"

export interface Parser {
  readonly name: string
  parse(text: string): unknown
}

const logOf = (text: string) => readEvents([{ part: "log", from: "log", text }])

/** Everything here that reads what a person gave. */
export const PARSERS: readonly Parser[] = [
  { name: "case", parse: readCase },
  { name: "bash", parse: (text) => bashCommand(text) },
  { name: "cmd", parse: (text) => cmdCommand(text) },
  { name: "PowerShell", parse: (text) => powershellTokens(text) },
  { name: "script literal", parse: (text) => readArguments(text, 0) },
  { name: "request", parse: readRequest },
  { name: "curl command", parse: (text) => readRequest(`curl ${text}`) },
  { name: "wget command", parse: (text) => readRequest(`wget ${text}`) },
  { name: "HTTPie command", parse: (text) => readRequest(`http ${text}`) },
  { name: "Invoke-WebRequest", parse: (text) => readWebRequest(text, 0) },
  { name: "fetch call", parse: readFetch },
  { name: "HAR", parse: readHar },
  { name: "messages", parse: readMessages },
  { name: "transcript", parse: (text) => readMessages(messagesOf(text)) },
  { name: "client error", parse: readErrorText },
  { name: "loose request", parse: readLoose },
  { name: "response headers", parse: (text) => readResponse("headers", text) },
  { name: "response body", parse: (text) => readResponse("body", text) },
  { name: "log line", parse: (text) => readLine(text, "log") },
  { name: "log", parse: logOf },
  { name: "joined log", parse: (text) => joined(logOf(text).events) },
  {
    name: "declared log formats",
    parse: (text) => readEvents([{ part: "log", from: "l", text: "a b" }], [{ part: "config", from: "c", text }]),
  },
  { name: "nginx log_format", parse: nginxFormat },
  { name: "httpd LogFormat", parse: httpdFormat },
  { name: "kind of a line", parse: kindOfLine },
  { name: "kind of a text", parse: kindOfWhole },
  { name: "paste", parse: (text) => splitPaste(text, "paste") },
  { name: "redaction", parse: redact },
  ...PARTS.map((part) => ({
    name: `exhibit: ${part}`,
    parse: (text: string) => assemble([{ part, from: part, text }]),
  })),
]

/** One of each thing people paste; mutated, they reach what noise does not. */
export const SAMPLES: readonly string[] = [
  "curl -sSi -X POST 'https://a.example/x?y=1' -H 'Authorization: Bearer abc' --data-raw $'a\\u0021\\x41' \\\n  -b 'sid=1; t=2' -u bob:pw",
  'curl ^"https://a/^" ^\r\n  -H ^"accept: */*^" ^\r\n  --data-raw ^"^{^\\^"a^\\^":1^}^"',
  'Invoke-WebRequest -UseBasicParsing -Uri "https://a/x" `\n-Method "POST" `\n-Headers @{\n"accept"="*/*"\n  "x"=\'y\'\n} `\n-Body "{`"a`":1}"',
  'fetch("https://a/x", {\n  "headers": {"accept": "*/*", "authorization": `Bearer x`},\n  "body": JSON.stringify({a: [1, true, null, "\\u0041"]}),\n  "method": "POST"\n});',
  "requests.post('https://a/x', headers={'A': 'b'}, json={'c': 1})",
  '{"log":{"entries":[{"request":{"method":"GET","url":"https://a/","headers":[{"name":"Cookie","value":"a=b"}]},"response":{"status":403,"headers":[{"name":"server","value":"nginx"}],"content":{"text":"no"}}}]}}',
  "> GET /x HTTP/1.1\n> Host: a\n> Accept: */*\n>\n< HTTP/1.1 403 Forbidden\n< Server: nginx\n<\nForbidden",
  "POST /x HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\r\n{}\r\nHTTP/2 403\r\nserver: b\r\n\r\nno",
  "requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://a/x",
  "Access to fetch at 'https://a/x' from origin 'https://b' has been blocked by CORS policy: no",
  "PUT (presigned)\nContent-Type: audio/mpeg",
  '2024/06/23 16:49:24 [error] 12#12: *7 open() "/a" failed (13: Permission denied), client: 1.2.3.4, server: s, request: "GET /a HTTP/1.1", host: "h"',
  "[Mon Jul 21 13:27:00.276053 2014] [core:error] [pid 25449:tid 140] (13)Permission denied: [client ::1:39747] AH00035: access to /u denied, referer: http://a/",
  'ModSecurity: Access denied with code 403 (phase 2). [file "/x"] [id "949110"] [msg "a\\"b"] [severity "CRITICAL"] [hostname "h"] [uri "/p"] [unique_id "ZkX"]',
  '10.0.1.2:33317 [06/Feb/2009:12:14:14.655] in in/<NOSRV> 10/-1/-1/-1/109 403 188 - - PR-- 1/1/0/0/0 0/0 "GET / HTTP/1.1"',
  '[2020-11-25T21:26:18.409Z] "GET /s HTTP/1.1" 403 - rbac_access_denied_matched_policy[none] - "-" 0 19 3 - "-" "curl" "id" "h" "-" x',
  'a.example:443 1.2.3.4 - bob [10/Oct/2023:13:55:36 +0200] "GET /a\\"b HTTP/1.1" 403 5 "http://r" "Mozilla"',
  'type=AVC msg=audit(1433013515.931:22228): avc:  denied  { getattr } for  pid=31180 comm="httpd" tclass=file',
  '{"level":"info","ts":1646861401.52,"request":{"remote_ip":"127.0.0.1","method":"GET","uri":"/x"},"status":403}',
  "--a1b2c3d4-A--\n[27/Jul/2016:05:46:16 +0200] V5guiH8AAQEAADTeJ2wAAAAK 192.0.2.5 61000 192.0.2.1 80\n--a1b2c3d4-B--\nGET /x HTTP/1.1\n--a1b2c3d4-Z--",
  "server {\n  location / {\n    deny all;\n  }\n  log_format a '$remote_addr [$time_local] \"$request\" $status' ' $upstream_status';\n}",
  '<Directory /var/www>\n  Require all denied\n</Directory>\nLogFormat "%h %l %u %t \\"%r\\" %>s" common',
  "drwxr-x--- 2 root root 4096 Jan  1 00:00 a\nf: /var/www\n drwxr-xr-x /",
  'token: |\n  abc\nmap $http_x_api_key $ok {\n  "k" 1;\n}\n-----BEGIN PRIVATE KEY-----\nabc',
  '{"symptom":"s","evidence":{"request":"GET /","response_headers":{"a":["b"]},"log_lines":"x","config":{"f":"y"},"ls":3}}',
]
