import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Subprocess } from "bun"

/** A server under measurement, pinned to a core. */
export interface Peer {
  readonly name: string
  readonly url: string
  /** All its processes. */
  pids(): readonly number[]
  stop(): Promise<void>
}

export const scratch = (): string => mkdtempSync(join(tmpdir(), "pinpoint-bench-"))
export const remove = (directory: string): void => rmSync(directory, { recursive: true, force: true })

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0))
    })
  })
}

export function pinned(
  core: number,
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Subprocess {
  return Bun.spawn(["taskset", "-c", String(core), ...command], {
    env: { ...process.env, ...env },
    stdin: "ignore",
    stdout: "ignore",
    stderr: "inherit",
  })
}

/** Waits until something answers. */
export async function answering(url: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await fetch(url, { headers }).catch(() => undefined)
    if (answer !== undefined) return
    await Bun.sleep(25)
  }
  throw new Error(`nothing answers at ${url}`)
}

/** nginx with one worker and the given `http` block. */
export async function startNginx(name: string, core: number, http: (port: number) => string): Promise<Peer> {
  const directory = scratch()
  const port = await freePort()
  const file = join(directory, "nginx.conf")
  writeFileSync(
    file,
    `daemon off; worker_processes 1; pid ${directory}/pid; error_log ${directory}/error.log crit;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 10000000; client_body_temp_path ${directory}/b; proxy_temp_path ${directory}/p; fastcgi_temp_path ${directory}/f; uwsgi_temp_path ${directory}/u; scgi_temp_path ${directory}/s;
${http(port)}
}`,
  )
  const child = pinned(core, ["nginx", "-p", directory, "-c", file])
  const url = `http://127.0.0.1:${port}`
  await answering(url)
  return {
    name,
    url,
    pids: () => [child.pid, ...childrenOf(child.pid)],
    stop: async () => {
      child.kill("SIGTERM")
      await child.exited
      remove(directory)
    },
  }
}

function childrenOf(pid: number): readonly number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
  return text
    .split(" ")
    .filter((it) => it !== "")
    .map(Number)
}

const TICKS_PER_SECOND = 100

/** Processor time of the processes so far, in microseconds. The kernel counts it in hundredths of a second. */
export function cpuMicros(pids: readonly number[]): number {
  const ticks = pids.map((pid) => {
    const after = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? []
    return Number(after[11]) + Number(after[12])
  })
  return (ticks.reduce((a, b) => a + b, 0) / TICKS_PER_SECOND) * 1e6
}

/** Resident memory of the processes in MB, at its most. */
export function peakMemory(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) =>
    Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0),
  )
  return kilobytes.reduce((a, b) => a + b, 0) / 1024
}
