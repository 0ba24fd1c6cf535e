import { connect } from "node:net"
import type { ServerRequest } from "../../src/servers/request.ts"
import type { Random } from "../random.fixture.ts"
import { AGENTS, type DrawnServer, REFERERS } from "./nginx.config.fixture.ts"

/** Draws a request to one server: mostly such as people send, some that try what can be tried. */
export function drawRequest(random: Random, server: DrawnServer, port: number): ServerRequest {
  const path = drawPath(random, server)
  const target = random.is(0.2)
    ? `${path}?${random.of(["a=1", "a=x&b=2", "", "A=3", "b=/admin/", "a=files", "a=public&c"])}`
    : path
  const host = random.of([
    server.host,
    server.host,
    server.host,
    server.host.toUpperCase(),
    `x.${server.host}`,
    "unknown.test",
    `${server.host}:${port}`,
  ])
  const method = random.is(0.5)
    ? "GET"
    : random.of(["GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"])
  const body = random.is(0.1) || method === "POST" ? new Uint8Array(random.of([0, 5, 11, 2000])).fill(120) : undefined
  const agent = random.of(AGENTS)
  const referer = random.of(REFERERS)
  const headers: (readonly [string, string])[] = [
    ["Host", host],
    ["Connection", "close"],
  ]
  if (agent !== "") headers.push(["User-Agent", agent])
  if (referer !== "") headers.push(["Referer", referer])
  if (body !== undefined) headers.push(["Content-Length", String(body.length)])
  if (random.is(0.25))
    headers.push([
      "Authorization",
      random.of([basic("ann:right"), basic("ann:wrong"), basic("bob:x"), basic("eve:e"), "Bearer x", basic("ann")]),
    ])
  if (random.is(0.2))
    headers.push([
      "X-Forwarded-For",
      random.of(["10.0.0.1", "127.0.0.8, 127.0.0.1", "10.1.1.1, 127.0.0.2", "nonsense"]),
    ])
  if (random.is(0.1)) headers.push(["X-Real-IP", random.of(["10.0.0.1", "127.0.0.1", "::1"])])
  if (random.is(0.1)) headers.push(["Cookie", random.of(["c=1", "d=2; c=GET", "C=x"])])
  if (random.is(0.05)) headers.push(["X-Key", "1"])
  const isSecond = random.is(0.1)
  const isOld = random.is(0.05)
  const isNameless = random.is(0.04)
  return {
    method,
    target,
    host: isNameless ? "" : host.replace(/:\d+$/, ""),
    scheme: "http",
    port: isSecond ? port + 1 : port,
    protocol: isOld ? "HTTP/1.0" : "HTTP/1.1",
    headers: isNameless ? headers.slice(1) : headers,
    client: `127.0.0.${1 + random.below(8)}`,
    server: !isSecond && random.is(0.1) ? "127.0.0.2" : "127.0.0.1",
    ...(body === undefined ? {} : { body }),
  }
}

const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`

const NAMES = [
  "index.html",
  "index.php",
  "a.txt",
  "b.html",
  ".env",
  "sp%20ace.txt",
  "%C3%A9.txt",
  "x.php",
  "admin",
  "files",
  "public",
  "api",
  "img",
  "link",
  "nothing",
  "A.TXT",
] as const
const INNER = [
  "",
  "/",
  "/index.html",
  "/a.txt",
  "/b.png",
  "/sub",
  "/sub/",
  "/sub/a.txt",
  "/.git",
  "/up",
  "/up/",
  "/sub/index.html",
  "/x/",
] as const

function drawPath(random: Random, { paths }: DrawnServer): string {
  const [first = "/", ...others] = paths
  const plain = random.is(0.3)
    ? `${random.of([first, ...others])}${random.of(["", "", "/", "a.txt", "sub/", "x"])}`
    : random.is(0.1)
      ? "/"
      : `/${random.of(NAMES)}${random.is(0.6) ? random.of(INNER) : ""}`
  return random.is(0.85) ? plain : strange(random, plain)
}

function strange(random: Random, path: string): string {
  const at = random.below(path.length + 1)
  switch (random.below(8)) {
    case 0:
      return path.replace(/[a-z]/, (it) => `%${it.charCodeAt(0).toString(16)}`)
    case 1:
      return path.replaceAll("/", "//")
    case 2:
      return `/./x/..${path}`
    case 3:
      return `${path}/..`
    case 4:
      return `${path}/../..`
    case 5:
      return `${path.slice(0, at)}%${random.of(["2e", "2F", "00", "zz", "3f", "25", "2b", "23"])}${path.slice(at)}`
    case 6:
      return `${path}+x`
    default:
      return `${path}/.`
  }
}

/** Status of the answer to one request; 0 where the connection ended without one. */
function send(request: ServerRequest, id: number): Promise<number> {
  return new Promise((resolve) => {
    let answer = ""
    const socket = connect(
      { host: request.server ?? "127.0.0.1", port: request.port, localAddress: request.client },
      () => {
        const head = request.headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")
        socket.write(
          Buffer.from(
            `${request.method} ${request.target} ${request.protocol}\r\n${head}X-Id: ${id}\r\n\r\n`,
            "latin1",
          ),
        )
        if (request.body !== undefined) socket.write(request.body)
      },
    )
    const tell = (): void => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0))
    socket.on("data", (bytes) => {
      if (answer.length < 16) answer += bytes.toString("latin1")
    })
    socket.on("error", tell)
    socket.on("close", tell)
  })
}

const AT_ONCE = 32

/** Statuses of the answers, in the order of the requests; each is known to the server by its place. */
export async function sendAll(requests: readonly ServerRequest[]): Promise<readonly number[]> {
  const statuses: number[] = []
  let next = 0
  const one = async (): Promise<void> => {
    for (let at = next++; at < requests.length; at = next++) {
      const request = requests[at]
      if (request !== undefined) statuses[at] = await send(request, at)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return statuses
}
