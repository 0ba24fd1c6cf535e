// Measures this gateway, with its policies and its record on, beside nginx as a bare reverse proxy: `npm run bench`.
// Each server is pinned to one core, the upstream and the load to another; rounds alternate, and medians are printed.
// Options: --seconds N (5), --rounds N (3), --json FILE (bench/results/gateway.json).
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { parseArgs } from "node:util"
import { load, type Sample, type Shape, summed } from "./load.ts"
import { answering, freePort, type Peer, pinned, remove, scratch, startNginx } from "./peer.ts"

const SERVER_CORE = 0
const LOAD_CORE = 1
const root = join(import.meta.dir, "..")
const ALICE = "bench-alice-0123456789abcdef"
const BOB = "bench-bob-0123456789abcdef"

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
    json: { type: "string", default: join(root, "bench/results/gateway.json") },
  },
})

const config = (port: number, management: number, upstream: string): string => `
listen: 127.0.0.1:${port}
management: 127.0.0.1:${management}
services:
  orders:
    upstream: ${upstream}
    routes:
      - path: /orders/*
        methods: [GET, POST]
    policies:
      - ip-allow: [127.0.0.0/8, "::1/128"]
      - key-auth: {}
      - scopes: { GET: [orders:read], POST: [orders:write] }
      - body-limit: 1MiB
      - rate-limit: { requests: 1000000000, per: minute, by: key }
keys:
  - { name: alice, key: ${ALICE}, scopes: [orders:read] }
  - { name: bob, key: ${BOB}, scopes: [orders:read, orders:write] }
records: { permits: 1 }
`

async function startGateway(upstream: string): Promise<Peer> {
  const directory = scratch()
  const port = await freePort()
  const file = join(directory, "pinpoint.yaml")
  writeFileSync(file, config(port, await freePort(), upstream))
  const child = pinned(SERVER_CORE, [join(root, "pinpoint"), "up", "--config", file, "--data", join(directory, "data")])
  const url = `http://127.0.0.1:${port}`
  await answering(url)
  return {
    name: "pinpoint",
    url,
    pids: () => [child.pid],
    stop: async () => {
      child.kill("SIGKILL")
      await child.exited
      remove(directory)
    },
  }
}

const SHAPES: readonly Shape[] = [
  { name: "small GET", method: "GET", path: "/orders/{n}", headers: { "X-API-Key": BOB } },
  {
    name: "small POST",
    method: "POST",
    path: "/orders/{n}",
    headers: { "X-API-Key": BOB, "Content-Type": "application/json" },
    body: JSON.stringify({ item: "lamp", quantity: 2, note: "x".repeat(64) }),
  },
]
const REFUSAL: Shape = { name: "refusal (403)", method: "GET", path: "/orders/{n}", headers: { "X-API-Key": ALICE } }

interface Row extends Sample {
  readonly shape: string
  readonly server: string
}

async function measure(): Promise<readonly Row[]> {
  const upstream = await startNginx(
    "upstream",
    LOAD_CORE,
    (port) =>
      `server { listen 127.0.0.1:${port} backlog=4096; location / { default_type application/json; return 200 '{"id":"1","item":"lamp","quantity":1}'; } }`,
  )
  const nginx = await startNginx(
    "nginx",
    SERVER_CORE,
    (port) => `upstream u { server ${upstream.url.slice(7)}; keepalive 128; keepalive_requests 10000000; }
server { listen 127.0.0.1:${port} backlog=4096; location / { proxy_pass http://u; proxy_http_version 1.1; proxy_set_header Connection ""; } }`,
  )
  const gateway = await startGateway(upstream.url)
  const peers = [nginx, gateway]
  const samples = new Map<string, Sample[]>()
  const take = async (peer: Peer, shape: Shape): Promise<void> => {
    const key = `${shape.name}\n${peer.name}`
    process.stderr.write(`\r${key.replace("\n", ", ").padEnd(40)}`)
    samples.set(key, [...(samples.get(key) ?? []), await load(peer, shape, Number(values.seconds), LOAD_CORE)])
  }
  try {
    for (const peer of peers) for (const shape of SHAPES) await load(peer, shape, 2, LOAD_CORE)
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const shape of SHAPES) for (const peer of peers) await take(peer, shape)
      await take(gateway, { ...REFUSAL, method: "POST" })
    }
  } finally {
    process.stderr.write("\r")
    for (const peer of [...peers, upstream]) await peer.stop()
  }
  return [...samples].map(([key, of]) => {
    const [shape = "", server = ""] = key.split("\n")
    return { shape, server, ...summed(of) }
  })
}

function print(rows: readonly Row[]): void {
  const cells = rows.map((it) => [
    it.shape,
    it.server,
    it.cpuMicrosPerRequest.toFixed(1),
    ratio(rows, it),
    it.requestsPerSecond.toFixed(0),
    it.p50Ms.toFixed(2),
    it.p99Ms.toFixed(2),
    it.peakMemoryMb.toFixed(0),
  ])
  const table = [["request", "server", "CPU µs", "× nginx", "req/s", "p50 ms", "p99 ms", "MB"], ...cells]
  const widths = table[0]?.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0))) ?? []
  for (const row of table)
    console.log(row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  "))
}

function ratio(rows: readonly Row[], { shape, cpuMicrosPerRequest }: Row): string {
  const base = rows.find((it) => it.server === "nginx" && it.shape === shape)
  return base === undefined ? "" : (cpuMicrosPerRequest / base.cpuMicrosPerRequest).toFixed(2)
}

for (const tool of ["nginx", "wrk", "taskset"])
  if (Bun.which(tool) === null) {
    console.error(`${tool} is missing; on Debian: apt-get install nginx-light wrk util-linux`)
    process.exit(2)
  }
const rows = await measure()
print(rows)
mkdirSync(dirname(values.json), { recursive: true })
writeFileSync(
  values.json,
  `${JSON.stringify({ at: new Date().toISOString(), seconds: Number(values.seconds), rounds: Number(values.rounds), rows }, null, 2)}\n`,
)
