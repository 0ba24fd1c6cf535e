import type { NginxConfiguration } from "../../src/servers/nginx/configuration.ts"
import { judgeNginx } from "../../src/servers/nginx/judge.ts"
import type { NginxMachine } from "../../src/servers/nginx/run/exchange.ts"
import type { ServerRequest } from "../../src/servers/request.ts"
import { Random } from "../random.fixture.ts"
import { drawRequest, sendAll } from "./nginx.client.fixture.ts"
import { expected, type Logged } from "./nginx.expected.fixture.ts"
import { RealNginx } from "./nginx.server.fixture.ts"
import { withSite } from "./nginx.site.fixture.ts"

export interface Differential {
  readonly tuples: number
  readonly agreed: number
  /** Of these, the judge said that it does not know. */
  readonly unknown: number
  readonly refused: number
  /** What was not known, each once. */
  readonly unknowns: readonly string[]
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
    unknowns: [...new Set(all.flatMap((it) => it.unknowns))],
    disagreements: all.flatMap((it) => it.disagreements),
  }
}

async function batch(seed: number, count: number): Promise<Differential> {
  const random = new Random(seed)
  return withSite(random, SERVERS, async (site) => {
    const { machine, servers, port, config, folder, http } = site
    const nginx = await RealNginx.start(folder, http, site.upstream)
    const requests = Array.from({ length: count }, () => drawRequest(random, random.of(servers), port))
    const statuses = await sendAll(requests)
    await nginx.stop()
    const texts = new Map(servers.map((it) => [it.host, `${it.http}\n${it.text}`]))
    return compare({ seed, config, machine, requests, statuses, logged: nginx.logged(), texts })
  })
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
  const unknowns: string[] = []
  let refused = 0
  requests.forEach((request, at) => {
    const judged = judgeNginx(config, machine, request)
    if (judged.kind === "unknown") unknowns.push(judged.needs[0].what)
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
  const unknown = unknowns.length
  return { tuples: length, agreed: length - disagreements.length - unknown, unknown, refused, unknowns, disagreements }
}
