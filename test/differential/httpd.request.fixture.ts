import type { ServerRequest } from "../../src/servers/request.ts"
import type { Random } from "../random.fixture.ts"

const PLACES = [
  "/",
  "/a",
  "/a/",
  "/a/b",
  "/a/b/",
  "/b",
  "/b/",
  "/c/",
  "/c",
  "/a/c/",
  "/al",
  "/al/",
  "/m/a/",
  "/dirlink/",
  "/dirlink",
  "/missing/",
  "/pass/x",
  "/cgi/",
  "/moved",
  "/status",
] as const
const FILES = [
  "",
  "",
  "index.html",
  "f.html",
  "x.txt",
  "secret.html",
  "link.html",
  "broken",
  "up",
  "circle",
  "hidden.html",
  "missing.html",
  ".htaccess",
  "f.html/more",
  "old",
  "top.html",
  "sp%20ace.txt",
] as const

/** A request to one of the virtual hosts, mostly such as people send. */
export function drawRequest(random: Random, host: string, port: number, number: number): ServerRequest {
  const place: string = random.of(PLACES)
  const plain = random.is(0.25) ? place : `${place.endsWith("/") ? place : `${place}/`}${random.of(FILES)}`
  const path = random.is(0.88) ? plain : strange(random, plain)
  const target = random.is(0.15) ? `${path}?${random.of(["a=1", "a=x&b=2", ""])}` : path
  const named = random.of([
    `${host}.test`,
    `${host}.test`,
    `${host}.test`,
    `www.${host}.test`,
    `${host.toUpperCase()}.test`,
  ])
  const headers: (readonly [string, string])[] = [
    ["Host", random.is(0.1) ? `${named}:${port}` : named],
    ["Connection", "close"],
    ["X-Number", String(number)],
  ]
  const optional = (chance: number, name: string, values: readonly [string, ...string[]]): void => {
    if (random.is(chance)) headers.push([name, random.of(values)])
  }
  optional(0.5, "User-Agent", ["bot/1.0", "Mozilla/5.0", "a Bot", "good"])
  optional(0.3, "Referer", ["http://a.test/", "http://b.test/x", "x"])
  optional(0.3, "Authorization", [
    basic("ann:right"),
    basic("ann:wrong"),
    basic("bob:right"),
    basic("eve:x"),
    "Bearer x",
  ])
  optional(0.2, "X-Forwarded-For", ["10.0.0.1", "127.0.0.3, 127.0.0.2", "192.0.2.1", "nonsense", "10.1.1.1, 127.0.0.1"])
  optional(0.1, "X-Key", ["1"])
  const method = random.of([
    "GET",
    "GET",
    "GET",
    "GET",
    "GET",
    "GET",
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "DELETE",
    "OPTIONS",
    "PATCH",
    "BREW",
  ])
  const body = method === "POST" || random.is(0.03) ? new Uint8Array(random.of([0, 5, 20])).fill(120) : undefined
  if (body !== undefined) headers.push(["Content-Length", String(body.length)])
  return {
    method,
    target,
    host: named,
    scheme: "http",
    port,
    protocol: "HTTP/1.1",
    headers,
    client: `127.0.0.${1 + random.below(5)}`,
    server: random.is(0.9) ? "127.0.0.1" : "127.0.0.9",
    ...(body === undefined ? {} : { body }),
  }
}

const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`

function strange(random: Random, path: string): string {
  switch (random.below(9)) {
    case 0:
      return path.replace(/[a-z]/, (it) => `%${it.charCodeAt(0).toString(16)}`)
    case 1:
      return path.replaceAll("/", "//")
    case 2:
      return `/./x/..${path}`
    case 3:
      return `/..${path}`
    case 4:
      return path.replace(/\/([a-z])/, "%2f$1")
    case 5:
      return `${path}%`
    case 6:
      return `${path}/../`
    case 7:
      return `${path}%3Fx`
    default:
      return `${path}/.`
  }
}
