import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { join } from "node:path"
import { type NginxConfiguration, readNginx } from "../../src/servers/nginx/configuration.ts"
import type { NginxMachine } from "../../src/servers/nginx/run/exchange.ts"
import type { Random } from "../random.fixture.ts"
import { type DrawnServer, drawServer } from "./nginx.config.fixture.ts"
import { configuration, freePorts } from "./nginx.server.fixture.ts"
import { DrawnTree, drawSite, WORKER } from "./nginx.tree.fixture.ts"

/** Servers and their trees, drawn and on disk. */
export interface Site {
  readonly folder: string
  readonly port: number
  readonly upstream: number
  readonly servers: readonly [DrawnServer, ...DrawnServer[]]
  readonly machine: NginxMachine & { readonly files: DrawnTree }
  /** What stands in `http`. */
  readonly http: string
  /** The whole, as it was read, and by which name. */
  readonly file: string
  readonly text: string
  readonly config: NginxConfiguration
}

export async function withSite<T>(random: Random, count: number, use: (site: Site) => Promise<T>): Promise<T> {
  const folder = mkdtempSync("/tmp/pinpoint-nginx-differential-")
  try {
    return await use(draw(random, count, folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function draw(random: Random, count: number, folder: string): Site {
  const { port, upstream } = freePorts()
  const standard = random.below(count * 2)
  const machine = prepare(folder)
  const one = (number: number): DrawnServer => {
    const root = `${folder}/s${number}`
    drawSite(random, machine.files, root)
    return drawServer(random, { root, port, upstream, number, passwords: `${folder}/passwords`, standard })
  }
  const first = one(0)
  const servers = [first, ...Array.from({ length: count - 1 }, (_, at) => one(at + 1))] as const
  machine.files.apply(join(folder, "acls"))
  const http = [
    ...servers.flatMap((it) => [it.http, it.text]),
    `server { listen 127.0.0.1:${upstream}; location / { return 289 relayed; } }`,
  ].join("\n")
  const file = join(folder, "nginx.conf")
  const text = configuration(folder, http)
  const config = readNginx([{ file, text }], { isComplete: true })
  return { folder, port, upstream, servers, machine, http, file, text, config }
}

function prepare(folder: string): Site["machine"] {
  const files = new DrawnTree()
  chmodSync(folder, 0o755)
  files.directory(folder, 0o755)
  const passwords = "# people\nann:{PLAIN}right\nbob:{SHA}EfYc0Ar3LPxWtsMOSzbUsy0nx+w=:more\neve:{SSHA}nonsense\n"
  files.file(`${folder}/passwords`, passwords, 0o644)
  files.file(`${folder}/passwords.secret`, passwords, 0o600)
  return { files, reader: WORKER, contents: new Map([[`${folder}/passwords`, passwords]]) }
}
