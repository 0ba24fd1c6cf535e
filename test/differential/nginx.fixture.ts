import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { join } from "node:path"
import { type NginxConfiguration, readNginx } from "../../src/servers/nginx/configuration.ts"
import { judgeNginx, type NginxMachine } from "../../src/servers/nginx/judge.ts"
import type { ServerRequest } from "../../src/servers/request.ts"
import { drawRequest, send } from "./nginx.client.fixture.ts"
import { drawServer } from "./nginx.config.fixture.ts"
import { expected, type Logged } from "./nginx.expected.fixture.ts"
import { Random } from "./nginx.random.fixture.ts"
import { configuration, freePorts, RealNginx } from "./nginx.server.fixture.ts"
import { DrawnTree, drawSite, WORKER } from "./nginx.tree.fixture.ts"

export interface Differential {
  readonly tuples: number
  readonly agreed: number
  /** Of these, the judge said that it does not know. */
  readonly unknown: number
  readonly refused: number
  readonly disagreements: readonly Disagreement[]
}

/** All that is needed to see it again. */
export interface Disagreement {
  readonly seed: number
  readonly request: ServerRequest
  readonly predicted: string
  readonly real: string
  readonly log: readonly string[]
  readonly configuration: string
}

const SERVERS = 25
const REQUESTS = 500
const AT_ONCE = 32

/** Judges drawn requests to drawn servers, and sends the same to a real nginx. */
export async function nginxDifferential({
  tuples,
  seed,
  progress,
}: {
  readonly tuples: number
  readonly seed: number
  readonly progress?: (done: number) => void
}): Promise<Differential> {
  const all: Differential[] = []
  for (let done = 0; done < tuples; done += REQUESTS) {
    all.push(await batch(seed + done, Math.min(REQUESTS, tuples - done)))
    progress?.(Math.min(tuples, done + REQUESTS))
  }
  const sum = (of: (it: Differential) => number): number => all.reduce((total, it) => total + of(it), 0)
  return {
    tuples: sum((it) => it.tuples),
    agreed: sum((it) => it.agreed),
    unknown: sum((it) => it.unknown),
    refused: sum((it) => it.refused),
    disagreements: all.flatMap((it) => it.disagreements),
  }
}

async function batch(seed: number, count: number): Promise<Differential> {
  const random = new Random(seed)
  const folder = mkdtempSync("/tmp/pinpoint-nginx-differential-")
  try {
    const { port, upstream } = freePorts()
    const machine = prepare(folder)
    const servers = Array.from({ length: SERVERS }, (_, number) => {
      const root = `${folder}/s${number}`
      drawSite(random, machine.files, root)
      return drawServer(random, { root, port, upstream, number, passwords: `${folder}/passwords` })
    })
    machine.files.apply(join(folder, "acls"))
    const http = [
      ...servers.flatMap((it) => [it.http, it.text]),
      `server { listen 127.0.0.1:${upstream}; location / { return 289 relayed; } }`,
    ].join("\n")
    const nginx = await RealNginx.start(folder, http, upstream)
    const config = readNginx([{ file: join(folder, "nginx.conf"), text: configuration(folder, http) }], {
      isComplete: true,
    })
    const [first, ...others] = servers
    if (first === undefined) throw new Error("no server was drawn")
    const requests = Array.from({ length: count }, () => drawRequest(random, random.of([first, ...others]), port))
    const statuses = await sendAll(requests)
    await nginx.stop()
    const texts = new Map(servers.map((it) => [it.host, `${it.http}\n${it.text}`]))
    return compare({ seed, config, machine, requests, statuses, logged: nginx.logged(), texts })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function prepare(folder: string): NginxMachine & { readonly files: DrawnTree } {
  const files = new DrawnTree()
  chmodSync(folder, 0o755)
  files.directory(folder, 0o755)
  const passwords = "# people\nann:{PLAIN}right\nbob:{SHA}EfYc0Ar3LPxWtsMOSzbUsy0nx+w=:more\neve:{SSHA}nonsense\n"
  files.file(`${folder}/passwords`, passwords, 0o644)
  files.file(`${folder}/passwords.secret`, passwords, 0o600)
  return { files, reader: WORKER, contents: new Map([[`${folder}/passwords`, passwords]]) }
}

async function sendAll(requests: readonly ServerRequest[]): Promise<readonly number[]> {
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

interface Compared {
  readonly seed: number
  readonly config: NginxConfiguration
  readonly machine: NginxMachine
  readonly requests: readonly ServerRequest[]
  readonly statuses: readonly number[]
  readonly logged: ReadonlyMap<number, Logged>
  readonly texts: ReadonlyMap<string, string>
}

function compare({ seed, config, machine, requests, statuses, logged, texts }: Compared): Differential {
  const disagreements: Disagreement[] = []
  let unknown = 0
  let refused = 0
  requests.forEach((request, at) => {
    const judged = judgeNginx(config, machine, request)
    if (judged.kind === "unknown") unknown++
    if (judged.kind === "refuses") refused++
    const log = logged.get(at) ?? { lines: [], isRelayed: false }
    const fault = expected(judged, statuses[at] ?? 0, log)
    if (fault === undefined) return
    const host = request.host.toLowerCase().replace(/^x\./, "")
    const predicted =
      judged.kind === "unknown"
        ? `unknown: ${judged.needs[0].what}`
        : judged.kind === "refuses"
          ? `${judged.status} ${judged.denial.cause.code} ${judged.denial.evidence[0].source.path} ${judged.isLogged ? "logged" : "silent"}`
          : judged.kind === "answers"
            ? `${judged.status} by ${judged.by}`
            : `relays to ${judged.to}`
    disagreements.push({
      seed,
      request,
      predicted,
      real: `${statuses[at]}: ${fault}`,
      log: log.lines,
      configuration: texts.get(host) ?? "",
    })
  })
  const { length } = requests
  return { tuples: length, agreed: length - disagreements.length - unknown, unknown, refused, disagreements }
}
