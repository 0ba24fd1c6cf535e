import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { liveReader } from "../../src/servers/files/live-names.ts"
import { LiveTree } from "../../src/servers/files/live-tree.ts"
import { readConfiguration } from "../../src/servers/httpd/configuration.ts"
import type { HttpdJudgement } from "../../src/servers/httpd/judge.ts"
import type { Texts } from "../../src/servers/httpd/language/texts.ts"
import { HttpdModel } from "../../src/servers/httpd/model.ts"
import { fromBytes } from "../../src/servers/values/bytes.ts"
import { Random } from "../random.fixture.ts"
import { send } from "./httpd.client.fixture.ts"
import { drawHost, drawMain } from "./httpd.config.fixture.ts"
import { drawRequest } from "./httpd.request.fixture.ts"
import { preamble, RealHttpd } from "./httpd.server.fixture.ts"
import { growTree } from "./httpd.tree.fixture.ts"

export interface DifferentialOptions {
  readonly tuples: number
  readonly seed: number
  readonly progress?: (done: number) => void
}

export interface Disagreement {
  readonly seed: number
  readonly request: string
  readonly predicted: string
  readonly real: string
  /** The virtual host asked. */
  readonly configuration: string
}

export interface Differential {
  readonly tuples: number
  readonly agreed: number
  /** Of those: the judge said that it does not know. */
  readonly unknown: number
  /** How often each status and code was seen, so that a run can be told from one that meets nothing. */
  readonly seen: ReadonlyMap<string, number>
  readonly disagreements: readonly Disagreement[]
}

const HOSTS = 25
const REQUESTS = 20

/** Draws configurations, trees and requests, and compares what the judge says with what a real httpd does. */
export async function httpdDifferential({ tuples, seed, progress }: DifferentialOptions): Promise<Differential> {
  const disagreements: Disagreement[] = []
  let done = 0
  let unknown = 0
  const seen = new Map<string, number>()
  for (let batch = 0; done < tuples; batch++) {
    const result = await runBatch(seed + batch)
    done += result.tuples
    unknown += result.unknown
    disagreements.push(...result.disagreements)
    for (const [key, count] of result.seen) seen.set(key, (seen.get(key) ?? 0) + count)
    progress?.(done)
  }
  return { tuples: done, agreed: done - disagreements.length, unknown, seen, disagreements }
}

async function runBatch(seed: number): Promise<Differential> {
  return inFolder(async (folder) => {
    const { configuration, hosts, main, port, requests } = draw(new Random(seed), folder)
    const httpd = await RealHttpd.start(folder, configuration, port)
    let statuses: readonly number[]
    try {
      statuses = await inTurn(requests, send, 8)
    } finally {
      await httpd.stop()
    }
    const lines = httpd.lines()
    const model = modelOf(folder)
    let unknown = 0
    const seen = new Map<string, number>()
    const disagreements: Disagreement[] = []
    for (const [at, request] of requests.entries()) {
      const judged = model.follow(request)
      const { judgement } = judged
      if (judgement.kind === "unknown") unknown++
      const status = statuses[at] ?? 0
      const logged = lines.get(String(at)) ?? []
      const cause = judgement.kind === "refuses" ? judgement.denial.cause.code : judgement.kind
      seen.set(`${status} ${cause}`, (seen.get(`${status} ${cause}`) ?? 0) + 1)
      if (agrees(judged, status, logged)) continue
      disagreements.push({
        seed,
        request: `${request.method} ${request.target} from ${request.client} ${JSON.stringify(request.headers)}`,
        predicted: told(judged),
        real: `${status} ${logged.join(" | ")}`,
        configuration: `${main}${hosts.find((it) => it.includes(`ServerName ${judged.exchange.server.name}\n`)) ?? ""}`,
      })
    }
    return { tuples: requests.length, agreed: requests.length - disagreements.length, unknown, seen, disagreements }
  })
}

/** Work in a folder of its own, which the worker may enter and which is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "pinpoint-httpd-"))
  chmodSync(folder, 0o755)
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A configuration with many virtual hosts, their trees, and requests to each. */
export function draw(random: Random, folder: string) {
  const port = freePort()
  plantPasswords(folder)
  mkdirSync(join(folder, "tree"))
  const names = Array.from({ length: HOSTS }, (_, at) => `v${at}`)
  const main = drawMain(random, folder)
  const hosts = names.map((name) => drawHost(random, folder, name, port))
  for (const name of names) growTree(random, join(folder, "tree", name))
  const configuration = [preamble(folder, port), main, ...hosts].join("\n")
  const requests = names.flatMap((name, at) =>
    Array.from({ length: REQUESTS }, (_, n) => drawRequest(random, name, port, at * REQUESTS + n)),
  )
  return { configuration, hosts, main, port, requests }
}

/** The judge on what lies in a folder now. */
export function modelOf(folder: string): HttpdModel {
  const texts = new LiveTexts()
  const configuration = readConfiguration({ texts, main: join(folder, "httpd.conf"), serverRoot: folder })
  const fault = configuration.faults.find((it) => it.severity === "error")
  if (fault !== undefined) throw new Error(`${fault.source.file}:${fault.source.line} ${fault.message}`)
  return new HttpdModel({ configuration, tree: new LiveTree(), reader: liveReader("www-data") })
}

/** Reads as root what the worker may not, as a person would hand it over. */
class LiveTexts implements Texts {
  read(path: string): string | undefined {
    try {
      return statSync(path).isFile() ? readFileSync(path, "utf8") : undefined
    } catch {
      return undefined
    }
  }
  names(path: string): readonly string[] | undefined {
    try {
      return readdirSync(path)
    } catch {
      return undefined
    }
  }
}

function plantPasswords(folder: string): void {
  const hash = (word: string): string => `{SHA}${new Bun.CryptoHasher("sha1").update(word).digest("base64")}`
  const users = `ann:${hash("right")}\nbob:${hash("right")}\n`
  writeFileSync(join(folder, "users"), users)
  writeFileSync(join(folder, "hidden"), users)
  chmodSync(join(folder, "users"), 0o644)
  chmodSync(join(folder, "hidden"), 0o600)
}

/** Where a log line names the path it is about. */
const NAMED: ReadonlySet<string> = new Set([
  "AH01630",
  "AH01797",
  "AH00132",
  "AH00035",
  "AH00037",
  "AH01276",
  "AH00670",
])

/** Status, of refusals the code httpd logs with the path it names, and the lines of `Require` it says decided. */
function agrees({ code, judgement, running }: HttpdJudgement, status: number, lines: readonly string[]): boolean {
  const codes = lines.flatMap((it) => /AH\d{5}/.exec(it)?.[0] ?? [])
  switch (judgement.kind) {
    case "unknown":
      return true
    case "relays":
      // Nothing listens where requests are passed on to.
      return status === 503 || (judgement.to.startsWith("the program ") && status === 500)
    case "answers":
      return judgement.status === status
    case "refuses": {
      if (judgement.status !== status) return false
      if (code === undefined || !code.startsWith("AH") || code === "AH10244") return true
      if (!codes.includes(code)) return false
      const path = fromBytes(running.filename ?? "")
      if (NAMED.has(code) && !lines.some((it) => it.includes(code) && it.includes(path))) return false
      return (
        code !== "AH01630" ||
        judgement.denial.evidence.every(
          (it) => it.fact.name === "request.method" || isLogged(it.source.path, lines, it.required),
        )
      )
    }
  }
}

/** mod_authz_core tells each line it asked, at level debug. */
function isLogged(path: string, lines: readonly string[], required: unknown): boolean {
  if (!/\bRequire\[\d+\]$/.test(path)) return true
  const words = Array.isArray(required) ? required : [required]
  return lines.some(
    (it) =>
      it.includes("AH01626: authorization result of Require ") &&
      words.every((word) => typeof word !== "string" || it.includes(word)),
  )
}

function told({ code, judgement, running }: HttpdJudgement): string {
  const where = `${running.uri} -> ${running.filename ?? "?"} (${running.found}${running.pathInfo})`
  switch (judgement.kind) {
    case "unknown":
      return `unknown: ${judgement.needs.map((it) => `${it.what}, ${it.why}`).join("; ")}`
    case "relays":
      return `relays to ${judgement.to} ${where}`
    case "answers":
      return `${judgement.status} by ${judgement.by} at ${judgement.at?.file}:${judgement.at?.line} ${where}`
    case "refuses": {
      const [first] = judgement.denial.evidence
      return `${judgement.status} ${judgement.denial.cause.code} ${code} at ${first.source.file}:${first.source.line} ${where}`
    }
  }
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>, width: number): Promise<readonly R[]> {
  const results: R[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) {
      const item = items[at]
      if (item !== undefined) results[at] = await work(item)
    }
  }
  await Promise.all(Array.from({ length: width }, lane))
  return results
}

function freePort(): number {
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } })
  const { port } = listener
  listener.stop(true)
  return port
}
