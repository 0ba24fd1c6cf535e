// Measures model calls, passed through and translated, whole and streamed, beside Portkey's gateway, in one run:
// `npm run bench:models`. The scripted provider and the load are pinned to one core, the gateway under measurement to another.
// Options: --rounds N (3), --chunks N (200), --json FILE (bench/results/models.json).
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { parseArgs } from "node:util"
import { type LoadResult, modelLoad } from "./model-load.ts"
import { startModelProvider } from "./model-provider.ts"
import { answering, cpuMicros, freePort, type Peer, peakMemory, pinned, remove, scratch, startNginx } from "./peer.ts"
import { portkey } from "./portkey.ts"

const GATEWAY_CORE = 0
const root = join(import.meta.dir, "..")
const KEY = "bench-alice-0123456789abcdef"

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    chunks: { type: "string", default: "200" },
    json: { type: "string", default: join(root, "bench/results/models.json") },
  },
})
const CHUNKS = Number(values.chunks)

const config = (port: number, management: number, provider: number): string => `
listen: 127.0.0.1:${port}
management: 127.0.0.1:${management}
keys: [{ name: alice, key: ${KEY}, limits: { requests-per-minute: 100000000 }, budget: { day: 1000000 } }]
models:
  passed: { targets: [{ provider: openai, model: gpt-4o }] }
  translated: { targets: [{ provider: anthropic, model: claude-sonnet-4-6 }] }
providers:
  openai: { use: openai, url: "http://127.0.0.1:${provider}/v1", key: provider-key }
  anthropic: { use: anthropic, url: "http://127.0.0.1:${provider}/v1", key: provider-key }
records: { permits: 1 }
`

/** A gateway, and how it is asked for each of the two ways. */
interface Contender extends Peer {
  readonly port: number
  fields(way: Way): Readonly<Record<string, string>>
  model(way: Way): string
}

const WAYS = ["passed", "translated"] as const
type Way = (typeof WAYS)[number]

async function startPinpoint(provider: number): Promise<Contender> {
  const directory = scratch()
  const port = await freePort()
  const file = join(directory, "pinpoint.yaml")
  writeFileSync(file, config(port, await freePort(), provider))
  const child = pinned(GATEWAY_CORE, [
    join(root, "pinpoint"),
    "up",
    "--config",
    file,
    "--data",
    join(directory, "data"),
  ])
  const url = `http://127.0.0.1:${port}`
  await answering(url)
  return {
    name: "pinpoint",
    url,
    port,
    pids: () => [child.pid],
    fields: () => ({ Authorization: `Bearer ${KEY}` }),
    model: (way) => way,
    stop: async () => {
      child.kill("SIGKILL")
      await child.exited
      remove(directory)
    },
  }
}

async function startPortkey(provider: number): Promise<Contender> {
  const port = await freePort()
  const child = pinned(GATEWAY_CORE, ["node", portkey(), `--port=${port}`, "--headless"])
  const url = `http://127.0.0.1:${port}`
  await answering(url)
  return {
    name: "portkey",
    url,
    port,
    pids: () => [child.pid],
    fields: (way) => ({
      "x-portkey-provider": way === "passed" ? "openai" : "anthropic",
      "x-portkey-custom-host": `http://127.0.0.1:${provider}/v1`,
      Authorization: "Bearer provider-key",
    }),
    model: () => "m",
    stop: async () => {
      child.kill("SIGKILL")
      await child.exited
    },
  }
}

/** A reverse proxy that neither reads nor judges what it passes on: what sockets alone cost on this machine. */
async function startBare(provider: number): Promise<Contender> {
  const peer = await startNginx(
    "nginx",
    GATEWAY_CORE,
    (port) => `upstream u { server 127.0.0.1:${provider}; keepalive 256; keepalive_requests 10000000; }
server { listen 127.0.0.1:${port} backlog=4096; location / { proxy_pass http://u; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; } }`,
  )
  return { ...peer, port: Number(new URL(peer.url).port), fields: () => ({}), model: () => "m" }
}

const bodyOf = (model: string, stream: boolean): string =>
  JSON.stringify({
    model,
    stream,
    ...(stream && { stream_options: { include_usage: true } }),
    max_tokens: 1000,
    messages: [
      { role: "system", content: "You are brief." },
      { role: "user", content: "Write two hundred words about lamps." },
    ],
  })

interface Row {
  readonly server: string
  readonly way: Way
  readonly kind: "whole" | "stream"
  readonly addedMs: number
  /** Of the gateway's process. */
  readonly cpuMicrosPerCall: number
  readonly cpuMicrosPerChunk: number
  readonly notOk: number
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

const callsOf = (kind: Row["kind"]) =>
  kind === "whole" ? { connections: 16, calls: 8000 } : { connections: 100, calls: 200 }

async function one(at: Contender, way: Way, kind: Row["kind"], direct: LoadResult): Promise<Row> {
  const { connections, calls } = callsOf(kind)
  const before = cpuMicros(at.pids())
  const body = bodyOf(at.model(way), kind === "stream")
  // Only a gateway translates; the bare proxy is asked in the format of the provider.
  const path = at.name === "nginx" && way === "translated" ? "/v1/messages" : "/v1/chat/completions"
  const load = { port: at.port, path, fields: at.fields(way), body, connections, calls }
  const { took, notOk } = await modelLoad(load)
  const cpu = (cpuMicros(at.pids()) - before) / calls
  return {
    server: at.name,
    way,
    kind,
    addedMs: median(took) - median(direct.took),
    cpuMicrosPerCall: cpu,
    cpuMicrosPerChunk: kind === "stream" ? cpu / CHUNKS : 0,
    notOk,
  }
}

async function direct(port: number, way: Way, kind: Row["kind"]): Promise<LoadResult> {
  const path = way === "passed" ? "/v1/chat/completions" : "/v1/messages"
  return modelLoad({ port, path, fields: {}, body: bodyOf("m", kind === "stream"), ...callsOf(kind) })
}

async function measure(): Promise<readonly Row[]> {
  const provider = startModelProvider({ chunks: CHUNKS, everyMs: 5 })
  const contenders = [
    await startBare(provider.port),
    await startPinpoint(provider.port),
    await startPortkey(provider.port),
  ]
  const rows: Row[] = []
  try {
    for (let round = 0; round <= Number(values.rounds); round++)
      for (const way of WAYS)
        for (const kind of ["whole", "stream"] as const) {
          const bare = await direct(provider.port, way, kind)
          for (const it of contenders) {
            process.stderr.write(`\r${`${it.name}, ${way}, ${kind}`.padEnd(40)}`)
            const row = await one(it, way, kind, bare)
            // The first round warms up.
            if (round > 0) rows.push(row)
          }
        }
  } finally {
    for (const it of contenders) await it.stop()
    provider.stop()
    process.stderr.write("\r")
  }
  return merged(rows)
}

function merged(rows: readonly Row[]): readonly Row[] {
  const groups = Map.groupBy(rows, ({ server, way, kind }) => `${server} ${way} ${kind}`)
  return [...groups.values()].flatMap((of) => {
    const [first] = of
    return first === undefined
      ? []
      : [
          {
            ...first,
            addedMs: median(of.map((it) => it.addedMs)),
            cpuMicrosPerCall: median(of.map((it) => it.cpuMicrosPerCall)),
            cpuMicrosPerChunk: median(of.map((it) => it.cpuMicrosPerChunk)),
            notOk: of.reduce((sum, it) => sum + it.notOk, 0),
          },
        ]
  })
}

/** Resident memory of a gateway while it carries so many streams at once, MB at most. */
async function memoryOf(start: (provider: number) => Promise<Contender>, streams: number): Promise<number> {
  const provider = startModelProvider({ chunks: CHUNKS, everyMs: 20 })
  const at = await start(provider.port)
  try {
    const body = bodyOf(at.model("translated"), true)
    const path = "/v1/chat/completions"
    await modelLoad({
      port: at.port,
      path,
      fields: at.fields("translated"),
      body,
      connections: streams,
      calls: streams * 2,
    })
    return peakMemory(at.pids())
  } finally {
    await at.stop()
    provider.stop()
  }
}

function print(rows: readonly Row[]): void {
  const table = [
    ["call", "way", "server", "added ms", "CPU µs a call", "CPU µs a chunk", "failed"],
    ...rows.map((it) => [
      it.kind,
      it.way,
      it.server,
      it.addedMs.toFixed(2),
      it.cpuMicrosPerCall.toFixed(0),
      it.kind === "stream" ? it.cpuMicrosPerChunk.toFixed(1) : "",
      String(it.notOk),
    ]),
  ]
  const widths = table[0]?.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0))) ?? []
  for (const row of table)
    console.log(row.map((cell, i) => (i < 3 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  "))
}

const STREAMS = 500
const rows = await measure()
print(rows)
const memory = { pinpoint: await memoryOf(startPinpoint, STREAMS), portkey: await memoryOf(startPortkey, STREAMS) }
console.log(
  `${STREAMS} streams at once: pinpoint ${memory.pinpoint.toFixed(0)} MB, portkey ${memory.portkey.toFixed(0)} MB at most`,
)
mkdirSync(dirname(values.json), { recursive: true })
writeFileSync(
  values.json,
  `${JSON.stringify({ at: new Date().toISOString(), chunks: CHUNKS, rounds: Number(values.rounds), rows, streams: STREAMS, memoryMb: memory }, null, 2)}\n`,
)
