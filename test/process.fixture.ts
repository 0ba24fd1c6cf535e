import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/**
 * Milliseconds for a test that starts processes, as the machine may be busy. Each file sets it for itself: bun forgets it
 * with the file in which it was set, and this module is evaluated only in the first.
 */
export const PATIENCE = 60_000

const ROOT = join(import.meta.dir, "..")

interface TemporaryDirectory extends Disposable {
  readonly path: string
  remove(): void
}

/** A directory of its own, gone after `remove`. */
export function temporaryDirectory(): TemporaryDirectory {
  const path = mkdtempSync(join(tmpdir(), "pinpoint-process-"))
  const remove = (): void => rmSync(path, { recursive: true, force: true })
  return { path, remove, [Symbol.dispose]: remove }
}

type Env = Readonly<Record<string, string>>

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs `./pinpoint` to its end. */
export async function pinpoint(args: readonly string[], env: Env = {}, cwd = ROOT): Promise<Ended> {
  return ended([join(ROOT, "pinpoint"), ...args], env, cwd)
}

/** Runs a line in a shell of its own, as if it were pasted. */
export const inShell = (line: string): Promise<Ended> => ended(["sh", "-c", line], {}, ROOT)

async function ended(command: readonly string[], env: Env, cwd: string): Promise<Ended> {
  const child = Bun.spawn([...command], { cwd, env: { ...process.env, ...env }, stdout: "pipe", stderr: "pipe" })
  const [out, err, code] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited])
  return { code, out, err }
}

/** A gateway in a process of its own. */
export interface GatewayProcess extends AsyncDisposable {
  readonly pid: number
  readonly url: string
  readonly management: string
  /** Empty where none was shown. */
  readonly token: string
  /** All it has written until now. */
  out(): string
  err(): string
  signal(name: "SIGTERM" | "SIGKILL" | "SIGHUP"): void
  /** Resolves with the exit code. */
  readonly exited: Promise<number>
  /** Asks the management side. */
  manage(path: string, init?: RequestInit): Promise<Response>
  /** Ends it, gracefully; fails where it does not end. */
  stop(): Promise<void>
}

/** Milliseconds; more than the 10 s it gives to requests under way. */
const STOPS_WITHIN = 20_000

/** Starts `./pinpoint up` and waits until it listens. `token`: of an earlier start on the same data. */
export async function startPinpoint(args: readonly string[], env: Env = {}, token = ""): Promise<GatewayProcess> {
  const child = Bun.spawn([join(ROOT, "pinpoint"), "up", ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdout: "pipe",
    stderr: "pipe",
  })
  const out = gathered(child.stdout)
  const err = gathered(child.stderr)
  const stop = async (): Promise<void> => {
    let isLate = false
    const killing = setTimeout(() => {
      isLate = true
      child.kill("SIGKILL")
    }, STOPS_WITHIN)
    child.kill("SIGTERM")
    await child.exited
    clearTimeout(killing)
    if (isLate) throw new Error(`told to stop, it did not within ${STOPS_WITHIN} ms: ${err()}`)
  }
  try {
    await until("the gateway listens", () => {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${err()}`)
      return out().includes("Ctrl-C")
    })
  } catch (error) {
    child.kill("SIGKILL")
    await child.exited
    throw error
  }
  const found = (pattern: RegExp): string => pattern.exec(out())?.[1] ?? ""
  const management = found(/management +(\S+)/)
  const shown = token === "" ? found(/(pm_[\w-]+)/) : token
  return {
    pid: child.pid,
    url: found(/gateway +(\S+)/),
    management,
    token: shown,
    out,
    err,
    signal: (name) => process.kill(child.pid, name),
    exited: child.exited,
    manage: (path, init = {}) =>
      fetch(management + path, { ...init, headers: { authorization: `Bearer ${shown}`, ...init.headers } }),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** A gateway that has its configuration and its data to itself. */
export interface OwnGateway extends GatewayProcess {
  readonly config: string
  readonly data: string
}

/** Starts one with this configuration. What it kept outlives `stop`, and is gone once it is disposed of. */
export async function startOwn(text: string, args: readonly string[] = [], env: Env = {}): Promise<OwnGateway> {
  const directory = temporaryDirectory()
  const config = join(directory.path, "pinpoint.yaml")
  const data = join(directory.path, "data")
  writeFileSync(config, text)
  try {
    const gateway = await startPinpoint(["--config", config, "--data", data, ...args], env)
    const end = (): Promise<void> => gateway.stop().finally(() => directory.remove())
    return { ...gateway, config, data, [Symbol.asyncDispose]: end }
  } catch (error) {
    directory.remove()
    throw error
  }
}

function gathered(stream: ReadableStream<Uint8Array>): () => string {
  let text = ""
  const decoder = new TextDecoder()
  const read = async (): Promise<void> => {
    for await (const bytes of stream) text += decoder.decode(bytes, { stream: true })
  }
  read().catch((error) => {
    text += String(error)
  })
  return () => text
}

const TRIES = 1000

/** Looks until it is so; fails, with what was waited for, when it never is. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let left = TRIES; left > 0; left--) {
    if (await isSo()) return
    await Bun.sleep(20)
  }
  throw new Error(`waited in vain: ${what}`)
}

/** A request on a connection of its own. */
export const freshly = (url: string, headers: Env = {}, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...init, keepalive: false, headers: { ...headers, connection: "close" } })

export interface NamedUpstream extends AsyncDisposable {
  readonly url: string
  /** How many requests are held back. */
  waiting(): number
  /** Answers those that are held back. */
  goOn(): void
  stop(): Promise<void>
}

/** An upstream that says its name, and holds back answers for /slow paths until it is told to go on. */
export function startUpstream(name: string): NamedUpstream {
  const { promise, resolve } = Promise.withResolvers<void>()
  let waiting = 0
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 0,
    fetch: async (request) => {
      await request.arrayBuffer()
      if (request.url.includes("/slow")) {
        waiting++
        await promise
      }
      return new Response(name)
    },
  })
  const url = `http://127.0.0.1:${server.port}`
  const stop = (): Promise<void> => server.stop(true)
  return { url, waiting: () => waiting, goOn: resolve, stop, [Symbol.asyncDispose]: stop }
}
