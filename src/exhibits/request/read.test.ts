import { expect, test } from "bun:test"
import { readRequest } from "./read.ts"

const read = (text: string) => {
  const { request, response } = readRequest(text)
  return {
    asked:
      request === undefined
        ? undefined
        : `${request.method} ${request.scheme ?? ""}://${request.host ?? ""}:${request.port ?? ""}${request.target ?? ""}`,
    headers: Object.fromEntries(request?.headers ?? []),
    body: request?.body,
    whole: request?.areHeadersComplete,
    status: response?.status,
    answered: Object.fromEntries(response?.headers ?? []),
    said: response?.body,
  }
}

test("curl as Chrome copies it for cmd", () => {
  const text = `curl ^"https://a.example/x?y=1^&z=2^" ^\r
  -H ^"accept: */*^" ^\r
  -H ^"sec-ch-ua: ^\\^"Chromium^\\^";v=^\\^"120^\\^"^" ^\r
  --data-raw ^"^{^\\^"a^\\^":^\\^"100^%^\\^",^\\^"b^\\^":1^}^"`
  expect(read(text)).toMatchObject({
    asked: "POST https://a.example:443/x?y=1&z=2",
    headers: { accept: "*/*", "sec-ch-ua": '"Chromium";v="120"' },
    body: '{"a":"100%","b":1}',
  })
})

test("curl.exe in PowerShell", () => {
  const text = "PS C:\\> curl.exe -X PUT `\n  -H \"A: b `\"c`\" $d\" `\n  -H 'E: it''s' 'http://a.example:8080/x'"
  expect(read(text)).toMatchObject({ asked: "PUT http://a.example:8080/x", headers: { a: 'b "c" $d', e: "it's" } })
})

test("Invoke-WebRequest as Chrome copies it", () => {
  const text = `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
$session.UserAgent = "Mozilla/5.0"
$session.Cookies.Add((New-Object System.Net.Cookie("sid", "***", "/", "a.example")))
Invoke-WebRequest -UseBasicParsing -Uri "https://a.example/x" \`
-Method "POST" \`
-WebSession $session \`
-Headers @{
"authority"="a.example"
  "method"="POST"
  "path"="/x"
  "accept"="*/*"
} \`
-ContentType "application/json" \`
-Body "{\`"a\`":1}"`
  expect(read(text)).toMatchObject({
    asked: "POST https://a.example:443/x",
    headers: { accept: "*/*", "user-agent": "Mozilla/5.0", cookie: "sid=***", "content-type": "application/json" },
    body: '{"a":1}',
    whole: true,
  })
  expect(read(text).headers).not.toHaveProperty("authority")
})

test("Invoke-RestMethod with single quotes and semicolons", () => {
  const text = "irm 'http://a.example/x' -Headers @{ 'X-A' = 'b'; 'X-C' = \"d\" } -Method Delete"
  expect(read(text)).toMatchObject({ asked: "DELETE http://a.example:80/x", headers: { "x-a": "b", "x-c": "d" } })
})

test.each([
  [
    'fetch("https://a.example/x", {\n  "headers": {\n    "accept": "*/*"\n  },\n  "body": "{\\"a\\":1}",\n  "method": "POST"\n});',
    "POST https://a.example:443/x",
    '{"a":1}',
  ],
  [
    "await fetch(`https://a.example/x`, { method: 'PUT', body: JSON.stringify({ a: [1, true, null] }) })",
    "PUT https://a.example:443/x",
    '{"a":[1,true,null]}',
  ],
  ["axios.post('https://a.example/x', {a: 'b'})", "POST https://a.example:443/x", undefined],
  ["axios({ method: 'patch', url: 'https://a.example/x' })", "PATCH https://a.example:443/x", undefined],
  [
    "requests.post('https://a.example/x', json={'a': 1}, headers={'B': 'c'})",
    "POST https://a.example:443/x",
    '{"a":1}',
  ],
  ['requests.request("DELETE", "https://a.example/x")', "DELETE https://a.example:443/x", undefined],
])("a call of a library: %#", (text, asked, body) => {
  expect(read(text)).toMatchObject({ asked, whole: false, ...(body === undefined ? {} : { body }) })
})

test.each([
  ["https://a.example:8443/x?y#z", "undefined https://a.example:8443/x?y"],
  ["GET https://a.example/api/", "GET https://a.example:443/api/"],
  ["POST /projects/1/analyzers", "POST ://:/projects/1/analyzers"],
  ["wget --method=PUT --header='A: b' http://a.example/x", "PUT http://a.example:80/x"],
  ["$ http POST :3000/x a=1 B:c", "POST http://localhost:3000/x"],
  ["https a.example/x", "GET https://a.example:443/x"],
  ["bob@host:~$ curl a.example/x/../y", "GET http://a.example:80/y"],
  ["https://[::1]:8080/x", "undefined https://[::1]:8080/x"],
])("a request written short: %s", (text, asked) => {
  expect(read(text).asked).toBe(asked)
})

test("what curl -v shows is read, and its own lines are not", () => {
  const text = `*   Trying 192.0.2.1:443...
* Connected to a.example
> POST /x HTTP/2
> Host: a.example
> user-agent: curl/8.5.0
> accept: */*
>
* We are completely uploaded and fine
< HTTP/2 403
< server: nginx
< content-type: text/html
<
{ [153 bytes data]
<html>403 Forbidden</html>
* Connection #0 to host a.example left intact`
  expect(read(text)).toMatchObject({
    asked: "POST ://a.example:/x",
    whole: true,
    status: 403,
    answered: { server: "nginx" },
    said: "<html>403 Forbidden</html>",
  })
})

test("of redirects and interim answers the last answer holds", () => {
  const text =
    "HTTP/1.1 301 Moved\nLocation: /x/\n\nHTTP/1.1 100 Continue\n\nHTTP/1.1 403 Forbidden\nServer: nginx\n\nno"
  expect(read(text)).toMatchObject({ status: 403, answered: { server: "nginx" }, said: "no" })
})

test("a raw request is whole where its head is ended", () => {
  const head = "POST /x HTTP/1.1\r\nHost: a.example:81\r\nA: b\r\nA: c\r\n"
  expect(read(head)).toMatchObject({ asked: "POST ://a.example:81/x", headers: { a: "b, c" }, whole: false })
  expect(read(`${head}\r\n{"a":1}`)).toMatchObject({ whole: true, body: '{"a":1}' })
})

test.each([
  [
    "requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://a.example/x?y=1",
    403,
    "https://a.example:443/x?y=1",
  ],
  ["httpx.HTTPStatusError: Client error '403 Forbidden' for url 'https://a.example/x'", 403, "https://a.example:443/x"],
  ["AxiosError: Request failed with status code 403", 403, undefined],
  ["curl: (56) Received HTTP code 403 from proxy after CONNECT", 403, undefined],
  ["curl: (22) The requested URL returned error: 403", 403, undefined],
  [
    "java.io.IOException: Server returned HTTP response code: 403 for URL: https://a.example/x",
    403,
    "https://a.example:443/x",
  ],
  ["urllib.error.HTTPError: HTTP Error 403: Forbidden", 403, undefined],
  ["POST https://a.example/x 403 (Forbidden)", 403, "https://a.example:443/x"],
  [
    "Access to fetch at 'https://a.example/x' from origin 'https://b' has been blocked by CORS policy: no",
    undefined,
    "https://a.example:443/x",
  ],
  [
    "fatal: unable to access 'https://a.example/x.git/': The requested URL returned error: 403",
    403,
    "https://a.example:443/x.git/",
  ],
])("a client's error text: %s", (text, status, url) => {
  const { request, response } = readRequest(text)
  expect(response?.status).toBe(status)
  if (url !== undefined) expect(`${request?.scheme}://${request?.host}:${request?.port}${request?.target}`).toBe(url)
})

const entry = (method: string, url: string, status: number, extra: object = {}) => ({
  request: {
    method,
    url,
    headers: [
      { name: "Accept", value: "*/*" },
      { name: ":authority", value: "a.example" },
    ],
    ...extra,
  },
  response: { status, headers: [{ name: "Server", value: "nginx" }], content: { text: "no" } },
})
const har = (...entries: readonly object[]): string => JSON.stringify({ log: { version: "1.2", entries } })

test("of a HAR file the first 403 holds, and of a given-up request its preflight", () => {
  expect(
    read(
      har(
        entry("GET", "https://a.example/", 200),
        entry("POST", "https://a.example/x", 403),
        entry("GET", "https://a.example/y", 404),
      ),
    ),
  ).toMatchObject({
    asked: "POST https://a.example:443/x",
    headers: { host: "a.example" },
    whole: false,
    status: 403,
    answered: { server: "nginx" },
    said: "no",
  })
  const given = har(entry("PUT", "https://a.example/x", 0), entry("OPTIONS", "https://a.example/x", 204))
  expect(read(given)).toMatchObject({ asked: "OPTIONS https://a.example:443/x", status: 204 })
})

test("text that tells of no request gives none", () => {
  for (const text of ["", "hello", "it fails since yesterday", "{}", "[1]", "Forbidden"])
    expect(readRequest(text)).toEqual({})
})
