import { expect, test } from "bun:test"
import fc from "fast-check"
import { SAMPLES } from "./parsers.fixture.ts"
import { splitPaste } from "./split.ts"

const parts = (text: string, name?: string) =>
  splitPaste(text, "paste", name).map(({ part, from }) => `${part} ${from}`)

const NGINX_LOG =
  '2024/06/23 16:49:24 [error] 1#1: *1 access forbidden by rule, client: 192.0.2.1, server: x, request: "GET /a HTTP/1.1", host: "h"'

test("a command, its output, then a log are three pieces, named by where they begin", () => {
  const text = `it fails since yesterday
$ curl -si https://a.example/x \\
    -H 'Accept: */*'
HTTP/1.1 403 Forbidden
Server: nginx

<html>
<head><title>403 Forbidden</title></head>
</html>

${NGINX_LOG}
${NGINX_LOG}`
  expect(splitPaste(text, "paste").map(({ part, from, lines }) => [part, from, lines])).toEqual([
    ["symptom", "paste:1", undefined],
    ["request", "paste:2", undefined],
    ["headers", "paste:4", undefined],
    ["log", "paste", [11, 12]],
  ])
})

test("configuration, listing and body are told apart", () => {
  const text = `server {
  listen 80;
  location / {
    allow 192.0.2.0/24;
    deny all;
  }
}

drwxr-x--- 2 root root 4096 Jan  1 00:00 a
-rw-r----- 1 root root 4096 Jan  1 00:00 b

<Directory /var/www>
  Require all denied
</Directory>

{
  "message": "Forbidden"
}`
  expect(parts(text)).toEqual(["config paste:1", "files paste:9", "config paste:12", "body paste:16"])
})

test.each([
  ["https://a.example/x", ["request paste"]],
  ["curl https://a.example/x", ["request paste"]],
  ['fetch("https://a.example/x", {\n  "method": "POST"\n});', ["request paste"]],
  ['{"log":{"entries":[]}}', ["request paste"]],
  ['{"message":"Forbidden"}', ["body paste"]],
  ['{"level":"info","ts":1,"msg":"x"}\n{"level":"info","ts":2,"msg":"x"}', ["log paste"]],
  ["> GET / HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 403 Forbidden\n<\nno", ["request paste"]],
  ["<!doctype html>\n<p>You are blocked</p>", ["body paste"]],
  ["<?xml version='1.0'?>\n<Error><Code>AccessDenied</Code></Error>", ["body paste"]],
  ["apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nspec:\n  action: DENY", ["config paste"]],
  ["server: cloudflare\ncf-ray: 1-FRA", ["headers paste"]],
  ["f: /var/www/a\n drwxr-xr-x root root /\n drwx------ root root var", ["files paste"]],
  ["frontend in\n  bind :80\n  http-request deny if { src 192.0.2.1 }", ["config paste"]],
  ["requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://a.example/x", ["log paste"]],
  ["it does not work", ["symptom paste"]],
  ["", []],
])("a paste of one thing stays one: %s", (text, found) => {
  expect(parts(text)).toEqual([...found])
})

test("a file's name tells what it is where it can", () => {
  expect(parts("nothing known", "/var/log/nginx/error.log.1")).toEqual(["log paste"])
  expect(parts("nothing known", "site/.htaccess")).toEqual(["config paste"])
  expect(parts("nothing known", "values.yaml")).toEqual(["config paste"])
  expect(parts("nothing known", "notes.txt")).toEqual(["symptom paste"])
})

test("no line that says something is lost, and none is told twice", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...SAMPLES, "", "words"), { maxLength: 6 }), (samples) => {
      const text = samples.join("\n\n")
      const lines = (of: string): readonly string[] => of.split(/\r?\n/).filter((it) => it.trim() !== "")
      expect(splitPaste(text, "paste").flatMap((it) => [...lines(it.text)])).toEqual([...lines(text)])
    }),
  )
})

test("lines that open a bracket each and close none are split in one go, and not each looked through to the end", () => {
  for (const line of ["[\n", '{"a\n', 'fetch("http://a/x", {\n']) {
    const spent = (lines: number): number => {
      const before = process.cpuUsage()
      splitPaste(line.repeat(lines), "paste")
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1000
    }
    // The square would be 256 times as much; the rest is room for a busy machine.
    expect(spent(64_000)).toBeLessThan(60 * Math.max(spent(4000), 20))
  }
})
