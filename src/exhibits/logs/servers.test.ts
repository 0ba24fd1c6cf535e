import { afterAll, expect, test } from "bun:test"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { LogEvent } from "../exhibits.ts"
import { readEvents } from "./events.ts"
import { joined } from "./joined.ts"

const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`
const folder = mkdtempSync(join(tmpdir(), "pinpoint-logs-"))
const started: Bun.Subprocess[] = []

afterAll(async () => {
  for (const it of started) it.kill()
  await Promise.all(started.map((it) => it.exited))
  rmSync(folder, { recursive: true })
})

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0))
    })
  })

/** All that is answered to these bytes. */
const answer = (port: number, wire: string): Promise<string> =>
  new Promise((resolve) => {
    let text = ""
    const socket = connect(port, "127.0.0.1", () => socket.write(wire))
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1")
    })
    socket.on("error", () => resolve(text))
    socket.on("close", () => resolve(text))
  })

const wire = (target: string): string =>
  `POST ${target} HTTP/1.1\r\nHost: a.example:81\r\nUser-Agent: an "agent", client: x\r\nReferer: http://r/, host: "b"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`

/** Starts a server, waits until it answers, sends one request, and stops it, so that its logs are written. */
async function refused(command: readonly string[], port: number, target: string): Promise<string> {
  const server = Bun.spawn([...command], {
    stdout: Bun.file(join(folder, `${port}.out`)),
    stderr: Bun.file(join(folder, `${port}.err`)),
  })
  started.push(server)
  for (let tries = 0; tries < 400; tries++) {
    const text = await answer(port, wire(target))
    if (text !== "") {
      server.kill()
      await server.exited
      return text
    }
    await Bun.sleep(25)
  }
  throw new Error(`${command[0]} did not start: ${readFileSync(join(folder, `${port}.err`), "utf8")}`)
}

const eventsOf = (config: string, ...files: readonly string[]): readonly LogEvent[] =>
  readEvents(
    files.map((file) => ({ part: "log", from: file, text: readFileSync(join(folder, file), "utf8") })),
    [{ part: "config", from: "config", text: config }],
  ).events

const nginx = Bun.which("nginx", { PATH })

test.skipIf(nginx === null)(
  "lines that nginx itself writes are read, and told of one request",
  async () => {
    const port = await freePort()
    const at = join(folder, "nginx")
    mkdirSync(join(at, "logs"), { recursive: true })
    const config = `daemon off; master_process off; pid ${at}/pid; error_log ${at}/error.log;
events {}
http {
  log_format own '$remote_addr:$remote_port [$time_iso8601] "$request" $status up=$upstream_status '
                 'id=$request_id "$http_user_agent"';
  access_log ${at}/access.log combined;
  access_log ${at}/own.log own;
  client_body_temp_path ${at}; proxy_temp_path ${at}; fastcgi_temp_path ${at}; uwsgi_temp_path ${at}; scgi_temp_path ${at};
  server { listen 127.0.0.1:${port}; location / { deny all; } }
}`
    writeFileSync(join(at, "nginx.conf"), config)
    await refused(
      [nginx ?? "", "-p", at, "-c", join(at, "nginx.conf"), "-e", join(at, "error.log")],
      port,
      "/a,%20client:%20b?c=%22",
    )
    const events = eventsOf(config, "nginx/error.log", "nginx/access.log", "nginx/own.log").filter(
      ({ target }) => target !== undefined,
    )
    const target = "/a,%20client:%20b?c=%22"
    expect(events).toMatchObject([
      {
        format: "nginx-error",
        level: "error",
        message: "access forbidden by rule",
        client: "127.0.0.1",
        method: "POST",
        target,
        host: "a.example:81",
        referrer: 'http://r/, host: "b"',
      },
      {
        client: "127.0.0.1",
        method: "POST",
        target,
        status: 403,
        referrer: "http://r/, host: \\x22b\\x22",
        agent: "an \\x22agent\\x22, client: x",
      },
      { format: "nginx-access", client: "127.0.0.1", target, status: 403, agent: "an \\x22agent\\x22, client: x" },
    ])
    expect(events[2]?.ids.get("request_id")).toMatch(/^[0-9a-f]{32}$/)
    expect(joined(events.slice(0, 2)).length).toBe(1)
  },
  30_000,
)

const httpd = Bun.which("apache2", { PATH }) ?? Bun.which("httpd", { PATH })
const MODULES = "/usr/lib/apache2/modules"

test.skipIf(httpd === null)(
  "lines that httpd itself writes are read, and told of one request",
  async () => {
    const port = await freePort()
    const at = join(folder, "httpd")
    mkdirSync(at)
    const config = `ServerRoot ${at}
ServerName a.example
Listen 127.0.0.1:${port}
PidFile ${at}/pid
LoadModule mpm_event_module ${MODULES}/mod_mpm_event.so
LoadModule authz_core_module ${MODULES}/mod_authz_core.so
LoadModule authn_core_module ${MODULES}/mod_authn_core.so
ErrorLog ${at}/error.log
DocumentRoot ${at}
LogFormat "%v:%p %h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"" vhost_combined
LogFormat "%a:%{remote}p %t \\"%r\\" %>s \\"%{User-Agent}i\\" %L" own
CustomLog ${at}/access.log vhost_combined
CustomLog ${at}/own.log own
<Location "/">
  Require all denied
</Location>`
    writeFileSync(join(at, "httpd.conf"), config)
    await refused([httpd ?? "", "-X", "-f", join(at, "httpd.conf")], port, "/a?c")
    const events = eventsOf(config, "httpd/error.log", "httpd/access.log", "httpd/own.log").filter(
      (it) => it.status === 403 || it.codes.includes("AH01630"),
    )
    expect(events).toMatchObject([
      {
        format: "httpd-error",
        level: "error",
        client: "127.0.0.1",
        codes: ["AH01630"],
        referrer: 'http://r/, host: "b"',
      },
      {
        format: "httpd-access",
        client: "127.0.0.1",
        method: "POST",
        target: "/a?c",
        status: 403,
        agent: 'an \\"agent\\", client: x',
      },
      { format: "httpd-access", method: "POST", target: "/a?c", status: 403, agent: 'an \\"agent\\", client: x' },
    ])
    expect(events[0]?.clientPort).toBe(events[2]?.clientPort)
  },
  30_000,
)

const haproxy = Bun.which("haproxy", { PATH })

test.skipIf(haproxy === null)(
  "lines that HAProxy itself writes are read",
  async () => {
    const port = await freePort()
    const config = `defaults
  mode http
  timeout client 5s
  timeout server 5s
  timeout connect 5s
  log stdout format raw local0
  option httplog
frontend in
  bind 127.0.0.1:${port}
  capture request header Host len 20
  http-request deny
`
    writeFileSync(join(folder, "haproxy.cfg"), config)
    const text = await refused([haproxy ?? "", "-db", "-f", join(folder, "haproxy.cfg")], port, "/a?c")
    expect(text).toContain("Request forbidden by administrative rules")
    const events = eventsOf("", `${port}.out`).filter(({ format }) => format === "haproxy")
    expect(events).toMatchObject([
      { client: "127.0.0.1", method: "POST", target: "/a?c", status: 403, codes: ["PR--", "<NOSRV>"] },
    ])
  },
  30_000,
)
