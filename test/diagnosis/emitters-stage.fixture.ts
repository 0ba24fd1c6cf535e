import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Exchange, exchange } from "./emitters-exchange.fixture.ts"
import { HAPROXY_REFUSALS } from "./emitters-haproxy.fixture.ts"
import { HTTPD_REFUSALS, WAF_REFUSALS } from "./emitters-httpd.fixture.ts"
import { NGINX_REFUSALS } from "./emitters-nginx.fixture.ts"
import type { Asked, Refusal } from "./emitters-refusal.fixture.ts"
import { freePorts, HAPROXY, HTTPD, IS_ROOT, linesOf, NGINX, Server } from "./emitters-server.fixture.ts"
import { haproxyText, httpdText, nginxText, siteOf } from "./emitters-text.fixture.ts"
import { plantTree } from "./emitters-tree.fixture.ts"

const NEEDED = ["/usr/lib/apache2/modules/mod_security2.so", "/usr/share/modsecurity-crs/rules"]

/** All the servers are here, and files can be made that they may not read. */
export const CAN_STAGE =
  IS_ROOT && NGINX !== null && HTTPD !== null && HAPROXY !== null && NEEDED.every((it) => existsSync(it))

export type Kind = "nginx" | "httpd" | "waf" | "haproxy"

/** What a server did with a request: the exchange, and the lines it and the server in front wrote meanwhile. */
export interface Observed {
  readonly exchange: Exchange
  readonly error: readonly string[]
  readonly access: readonly string[]
  readonly front: readonly string[]
  readonly configuration: string
  /** What `namei -l` says of the file, where someone would ask it. */
  readonly listing: string
}

/** Where a site's files seem to lie: services have directories of their own below /tmp, and a site is not there. */
const SEEMS = "/srv/shop"

/** nginx, two of httpd, and haproxy, with all sites; in front of nginx stands haproxy, and in front of httpd nginx. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), "pinpoint-emitters-"))
  readonly tree = join(this.folder, "tree")
  readonly #ports = freePorts(6 + HAPROXY_REFUSALS.length)
  readonly #servers: Server[] = []
  readonly #backend = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: () => Response.json({ error: "forbidden", message: "orders are of another team" }, { status: 403 }),
  })

  #port(at: number): number {
    return this.#ports[at] ?? 0
  }

  async start(): Promise<void> {
    chmodSync(this.folder, 0o755)
    plantTree(this.tree)
    for (const it of ["log", "data"]) mkdirSync(join(this.folder, it))
    chmodSync(join(this.folder, "data"), 0o777)
    const [nginx, httpd, waf, nginxFront, wafFront, haproxyFront] = this.#ports
    if (nginx === undefined || httpd === undefined || waf === undefined) throw new Error("there are no ports")
    if (nginxFront === undefined || wafFront === undefined || haproxyFront === undefined) throw new Error("no ports")
    const place = { folder: this.folder, tree: this.tree, backend: this.#backend.port ?? 0 }
    const fronts = [
      { port: nginxFront, to: httpd },
      { port: wafFront, to: waf },
    ]
    const write = (name: string, text: string): string => {
      const path = join(this.folder, name)
      writeFileSync(path, text)
      return path
    }
    const output = join(this.folder, "log/output.log")
    const start = async (command: readonly string[], port: number, to = output) =>
      this.#servers.push(await Server.start(command, port, to))
    const nginxFile = write("nginx.conf", nginxText(NGINX_REFUSALS, { ...place, port: nginx }, fronts))
    const httpdFile = write("httpd.conf", httpdText("httpd", HTTPD_REFUSALS, { ...place, port: httpd }))
    const wafFile = write("waf.conf", httpdText("waf", WAF_REFUSALS, { ...place, port: waf }))
    const haproxyPorts = this.#ports.slice(6)
    const haproxyFile = write(
      "haproxy.cfg",
      haproxyText(HAPROXY_REFUSALS, haproxyPorts, { port: haproxyFront, to: nginx }),
    )
    const nginxCommand = [NGINX ?? "", "-p", this.folder, "-c", nginxFile, "-e", output, "-g", "daemon off;"]
    await Promise.all([
      start(nginxCommand, nginx),
      start([HTTPD ?? "", "-d", this.folder, "-f", httpdFile, "-DFOREGROUND"], httpd),
      start([HTTPD ?? "", "-d", this.folder, "-f", wafFile, "-DFOREGROUND"], waf),
      start([HAPROXY ?? "", "-db", "-f", haproxyFile], haproxyFront, join(this.folder, "log/haproxy.log")),
    ])
  }

  async stop(): Promise<void> {
    await Promise.all(this.#servers.map((it) => it.stop()))
    await this.#backend.stop(true)
    rmSync(this.folder, { recursive: true })
  }

  /** Makes the server refuse, asked itself or by way of the server in front of it. */
  async observe(kind: Kind, at: number, refusal: Refusal, isBehind: boolean, client?: string): Promise<Observed> {
    const { asked, times = 1 } = refusal
    for (let sent = 1; sent < times; sent++) await this.ask(kind, at, asked, isBehind, client)
    const logs = this.#logsOf(kind, at)
    const before = logs.map((it) => linesOf(this.folder, it).length)
    const answer = await this.ask(kind, at, asked, isBehind, client)
    const [error = [], access = [], front = []] = await this.#written(logs, before, kind, isBehind)
    const site = siteOf(kind, at, refusal, { folder: this.folder, tree: this.tree, backend: this.#backend.port ?? 0 })
    return {
      exchange: answer,
      error,
      access,
      front: isBehind ? front : [],
      configuration: this.seen(site),
      listing: this.#listing(refusal),
    }
  }

  ask(kind: Kind, at: number, asked: Asked, isBehind: boolean, client?: string): Promise<Exchange> {
    const direct = { nginx: 0, httpd: 1, waf: 2, haproxy: 6 + at }[kind]
    const front = { nginx: 5, httpd: 3, waf: 4, haproxy: 6 + at }[kind]
    return exchange(this.#port(isBehind ? front : direct), hostOf(kind, at), asked, client)
  }

  /** A server's lines as they would be where the site lies in an ordinary place. */
  seen(text: string): string {
    return text.replaceAll(this.tree, SEEMS).replaceAll(this.folder, "/etc/site")
  }

  /** The way to the tree is told as that to the place where it seems to lie. */
  #listing({ listed }: Refusal): string {
    if (listed === undefined) return ""
    const said = Bun.spawnSync(["namei", "-l", join(this.tree, listed)]).stdout.toString()
    const below = said.slice(said.indexOf(" tree\n") + " tree\n".length)
    const above = ["/", "srv", "shop"].map((it) => `drwxr-xr-x root root ${it}\n`)
    return `f: ${SEEMS}/${listed}\n${above.join("")}${below}`
  }

  #logsOf(kind: Kind, at: number): readonly string[] {
    if (kind === "haproxy") return ["log/none.log", "log/haproxy.log", "log/none.log"]
    const front = kind === "nginx" ? "log/haproxy.log" : "log/front.access.log"
    return [`log/${kind}${at}.error.log`, `log/${kind}${at}.access.log`, front]
  }

  /** Lines are written when the answer is on its way, and some a moment after it came. */
  async #written(logs: readonly string[], before: readonly number[], kind: Kind, isBehind: boolean) {
    const now = (): readonly (readonly string[])[] =>
      logs.map((it, which) => linesOf(this.folder, it).slice(before[which] ?? 0))
    for (let tries = 0; tries < 200; tries++) {
      const [, access = [], front = []] = now()
      if (access.length > 0 && (front.length > 0 || !isBehind || kind === "haproxy")) break
      await Bun.sleep(5)
    }
    return now().map((lines) => lines.map((it) => this.seen(it)))
  }
}

const hostOf = (kind: Kind, at: number): string => `${kind}${at}.example.org`
