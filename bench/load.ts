import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { cpuMicros, type Peer, peakMemory, scratch } from "./peer.ts"

/** One kind of request. */
export interface Shape {
  readonly name: string
  readonly method: "GET" | "POST"
  /** `{n}` stands for a number that differs in each request. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Sample {
  readonly requestsPerSecond: number
  readonly cpuMicrosPerRequest: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly peakMemoryMb: number
  readonly notOk: number
}

/** Loads a peer with wrk, pinned to a core of its own, and reads what the kernel says the peer spent. */
export async function load(peer: Peer, shape: Shape, seconds: number, core: number): Promise<Sample> {
  const script = scriptFor(shape)
  const before = cpuMicros(peer.pids())
  const child = Bun.spawn(
    ["taskset", "-c", String(core), "wrk", "-t1", "-c50", `-d${seconds}s`, "-s", script, peer.url],
    { stdout: "pipe", stderr: "inherit" },
  )
  const text = await new Response(child.stdout).text()
  const cpu = cpuMicros(peer.pids()) - before
  const read = /RESULT (\d+) (\d+) (\d+) (\d+) (\d+)/.exec(text)
  if (read === null) throw new Error(`wrk said: ${text}`)
  const [requests = 0, micros = 1, p50 = 0, p99 = 0, notOk = 0] = read.slice(1).map(Number)
  return {
    requestsPerSecond: requests / (micros / 1e6),
    cpuMicrosPerRequest: cpu / requests,
    p50Ms: p50 / 1000,
    p99Ms: p99 / 1000,
    peakMemoryMb: peakMemory(peer.pids()),
    notOk,
  }
}

/** Each request asks for another path where the shape says `{n}`, as callers do: what is remembered of one must not pay for all. */
function scriptFor({ method, path, headers, body }: Shape): string {
  const file = join(scratch(), "request.lua")
  const fields = Object.entries(headers).map(
    ([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`,
  )
  const [before = "", after = ""] = path.split("{n}")
  writeFileSync(
    file,
    `${fields.join("\n")}
local n = 0
request = function()
  n = n + 1
  return wrk.format("${method}", ${JSON.stringify(before)} .. n .. ${JSON.stringify(after)}, nil, ${body === undefined ? "nil" : JSON.stringify(body)})
end
done = function(summary, latency)
  io.write(string.format("RESULT %d %d %d %d %d\\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), summary.errors.status + summary.errors.read + summary.errors.timeout))
end
`,
  )
  return file
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Each figure's median; memory and errors at their most. */
export function summed(samples: readonly Sample[]): Sample {
  const of = (key: keyof Sample): number[] => samples.map((it) => it[key])
  return {
    requestsPerSecond: median(of("requestsPerSecond")),
    cpuMicrosPerRequest: median(of("cpuMicrosPerRequest")),
    p50Ms: median(of("p50Ms")),
    p99Ms: median(of("p99Ms")),
    peakMemoryMb: Math.max(...of("peakMemoryMb")),
    notOk: Math.max(...of("notOk")),
  }
}
