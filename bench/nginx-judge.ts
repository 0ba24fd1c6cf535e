import { chmodSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import type { Entry, FileTree } from "../src/servers/files/tree.ts"
import { readNginx } from "../src/servers/nginx/configuration.ts"
import { judgeNginx } from "../src/servers/nginx/judge.ts"
import type { NginxMachine } from "../src/servers/nginx/run/exchange.ts"
import type { ServerRequest } from "../src/servers/request.ts"
import { remove, scratch, startNginx } from "./peer.ts"

/**
 * `bun bench/nginx-judge.ts [--json FILE]`: how many requests a second are judged, and how many the real nginx answers of the
 * same kind with one worker (through wrk, where it is installed). Exits with 1 below the budget.
 */
interface Row {
  readonly name: string
  readonly answer: string
  readonly perSecond: number
  /** Of the real server, over loopback, with 32 connections; null where it was not measured. */
  readonly real: number | null
}

const BUDGET = 50_000
const WARM_UP = 20_000
const ROUNDS = 200
const ROUND = 500
const AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

const { values } = parseArgs({ args: Bun.argv.slice(2), options: { json: { type: "string" } } })
const directory = scratch()
const site = join(directory, "site")
const rows = await measureAll()
remove(directory)
print(rows)
const slowest = Math.min(...rows.map((it) => it.perSecond))
const faults = slowest < BUDGET ? [`below budget: ${slowest.toFixed(0)} a second, ${BUDGET} are asked`] : []
const report = JSON.stringify({ rows, budget: BUDGET, faults }, null, 2)
if (values.json === undefined) console.log(`\n${report}`)
else await Bun.write(values.json, `${report}\n`)
for (const it of faults) console.error(it)
process.exit(faults.length > 0 ? 1 : 0)

function block(port: number): string {
  return `map $http_user_agent $bad { default 0; ~*(?:curl|wget|scan) 1; }
server {
  listen 127.0.0.1:${port};
  server_name a.test;
  root ${site};
  if ($bad) { return 403; }
  location / { index index.html; }
  location /app/ { try_files $uri $uri/ /index.html; }
  location ~ /\\. { deny all; }
  location /admin/ { allow 10.0.0.0/8; deny all; }
  location /api/ { limit_except GET { deny all; } return 204; }
  error_page 403 /b.html;
}`
}

async function measureAll(): Promise<readonly Row[]> {
  for (const path of ["", "/app", "/empty"]) mkdirSync(join(site, path), { recursive: true })
  for (const path of ["index.html", "app/x.js", "b.html"]) writeFileSync(join(site, path), "x")
  const machine: NginxMachine = { files: tree(), reader: { user: 33, group: 33, groups: [33], isRoot: false } }
  chmodSync(directory, 0o755)
  const nginx = await startNginx("nginx", 1, block)
  try {
    const port = Number(new URL(nginx.url).port)
    const configuration = readNginx([{ file: "nginx.conf", text: `http { ${block(port)} }` }], { isComplete: true })
    return requests(port).map(({ name, request }) => {
      const judged = judgeNginx(configuration, machine, request)
      const answer =
        judged.kind === "refuses"
          ? `${judged.status} ${judged.denial.cause.code}`
          : judged.kind === "answers"
            ? `${judged.status} ${judged.by}`
            : judged.kind
      return {
        name,
        answer,
        perSecond: measured(() => judgeNginx(configuration, machine, request)),
        real: asked(port, request),
      }
    })
  } finally {
    await nginx.stop()
  }
}

/** Those that come again and again, each with what a browser sends. */
function requests(port: number): readonly { readonly name: string; readonly request: ServerRequest }[] {
  const of = (name: string, target: string, agent = AGENT, method = "GET") => ({
    name,
    request: {
      method,
      target,
      host: "a.test",
      scheme: "http",
      port,
      protocol: "HTTP/1.1",
      headers: [
        ["Host", "a.test"],
        ["User-Agent", agent],
        ["Accept", "text/html"],
        ["Accept-Encoding", "gzip, br"],
        ["Referer", "https://a.test/"],
      ],
      client: "127.0.0.1",
    } as const,
  })
  return [
    of("a file", "/index.html"),
    of("an index", "/"),
    of("a file by try_files", "/app/x.js"),
    of("the fallback of try_files", "/app/none/at/all"),
    of("a denied address", "/admin/x"),
    of("a denied pattern", "/x/.git/config"),
    of("a denied agent", "/", "curl/8.5.0"),
    of("a denied method", "/api/x", AGENT, "DELETE"),
    of("a directory without index", "/empty/"),
    of("nothing there", "/none"),
  ]
}

/** The best of many short rounds, so that others who share the machine are not measured with it. */
function measured(once: () => unknown): number {
  for (let i = 0; i < WARM_UP; i++) once()
  let best = 0
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    for (let i = 0; i < ROUND; i++) once()
    best = Math.max(best, ROUND / ((performance.now() - start) / 1000))
  }
  return best
}

function asked(port: number, { method, target, headers }: ServerRequest): number | null {
  const wrk = Bun.which("wrk")
  if (wrk === null || method !== "GET") return null
  const fields = headers.flatMap(([name, value]) => ["-H", `${name}: ${value}`])
  const { stdout } = Bun.spawnSync([wrk, "-t1", "-c32", "-d1s", ...fields, `http://127.0.0.1:${port}${target}`])
  const found = /Requests\/sec:\s+([\d.]+)/.exec(stdout.toString())?.[1]
  return found === undefined ? null : Number(found)
}

function tree(): FileTree {
  const entries = new Map<string, Entry>()
  const put = (path: string, kind: Entry["kind"]): void => {
    entries.set(path, { kind, mode: kind === "file" ? 0o644 : 0o755, user: 0, group: 0, source: { file: path, path } })
  }
  for (let path = site; path !== ""; path = path.slice(0, path.lastIndexOf("/"))) put(path, "directory")
  put("/", "directory")
  for (const it of ["app", "empty"]) put(`${site}/${it}`, "directory")
  for (const it of ["index.html", "app/x.js", "b.html"]) put(`${site}/${it}`, "file")
  return { at: (path) => entries.get(path) ?? "absent", names: () => [] }
}

function print(all: readonly Row[]): void {
  const wide = Math.max(...all.map((it) => it.name.length))
  const answer = Math.max(...all.map((it) => it.answer.length))
  console.log(`${"".padEnd(wide)}  ${"".padEnd(answer)}  ${"judged/s".padStart(10)}  ${"nginx/s".padStart(10)}`)
  for (const it of all)
    console.log(
      `${it.name.padEnd(wide)}  ${it.answer.padEnd(answer)}  ${it.perSecond.toFixed(0).padStart(10)}  ${(it.real?.toFixed(0) ?? "").padStart(10)}`,
    )
}
