import { type IdNames, NUMBERS } from "../files/entry-text.ts"
import type { FileTree, Reader } from "../files/tree.ts"
import type { Failed } from "../files/walk.ts"
import type { Judgement } from "../judgement.ts"
import type { ServerRequest } from "../request.ts"
import { toBytes } from "../values/bytes.ts"
import type { World } from "./access/world.ts"
import type { HttpdConfiguration } from "./configuration.ts"
import { setEnvironment } from "./request/environment.ts"
import { Exchange } from "./request/exchange.ts"
import { type Halt, unknown } from "./request/halt.ts"
import { tooManyRequests } from "./request/inside.ts"
import { process } from "./request/process.ts"
import { remoteAddress } from "./request/remote-address.ts"
import { checkBody, respond } from "./request/respond.ts"
import { Running } from "./request/running.ts"
import { splitTarget } from "./request/uri.ts"
import { serverFor } from "./request/virtual-host.ts"

/** What the judge of httpd needs beside a request. */
export interface Surroundings {
  readonly configuration: HttpdConfiguration
  readonly tree: FileTree
  /** The user the workers run as. */
  readonly reader: Reader
  /** Names of users and groups, for people. */
  readonly names?: IdNames
}

/** A judgement with what it took to reach it, for those who tell it. */
export interface HttpdJudgement {
  readonly judgement: Judgement<World>
  readonly exchange: Exchange
  /** The request inside the server at which it ended. */
  readonly running: Running
  /** The way in the file system that was barred, where that is why. */
  readonly failed: Failed | undefined
  /** What httpd writes to its log about it at its usual level. */
  readonly code: string | undefined
}

/** What httpd 2.4 answers to a request; unknown where it depends on something not modelled or not given. */
export const judge = (surroundings: Surroundings, request: ServerRequest): Judgement<World> =>
  judgeFully(surroundings, request).judgement

export function judgeFully(
  { configuration, reader, tree, names = NUMBERS }: Surroundings,
  request: ServerRequest,
): HttpdJudgement {
  const server = serverFor(configuration, request)
  const headers = new Map(request.headers.map(([name, value]) => [name.toLowerCase(), value]))
  const client = remoteAddress(server, request, headers)
  const exchange = new Exchange({ configuration, server, tree, reader, names, request, client })
  const { args, path } = splitTarget(toBytes(request.target))
  const first = new Running({
    method: request.method,
    uri: path,
    target: request.target,
    args,
    settings: server.settings,
    environment: new Map(),
  })
  const ended = work(exchange, first)
  const halt = afterBody(exchange, ended)
  const running = halt.kind === "refused" ? halt.running : ended.running
  const code = halt.kind === "refused" ? halt.code : undefined
  return {
    judgement: judgementOf(exchange, ended.running, halt),
    exchange,
    running,
    code,
    failed: halt.kind === "refused" ? halt.failed : undefined,
  }
}

interface Ended {
  readonly halt: Halt
  readonly running: Running
}

/** Statuses after which httpd closes the connection without reading on (`ap_status_drops_connection`). */
const DROPPING: ReadonlySet<number> = new Set([400, 408, 411, 413, 414, 500, 501, 503])

/** What is not read by a handler is read before an error or a redirect is sent, and may be too large then. */
function afterBody(exchange: Exchange, { halt, running }: Ended): Halt {
  const isEarly = halt.kind === "refused" || (halt.kind === "answered" && halt.status >= 300)
  if (!isEarly || DROPPING.has(halt.status)) return halt
  const tooLarge = checkBody(exchange, running)
  return tooLarge === undefined || isReadByPage(exchange, running, halt.status) ? halt : tooLarge
}

/** Where the body is read for an error page, one too large is an error of that page, and the first one is told (`ap_die_r`). */
function isReadByPage(exchange: Exchange, running: Running, status: number): boolean {
  const page = running.settings.errors?.get(status)
  if (page?.kind !== "path") return false
  const { halt, running: last } = work(exchange, next(exchange, running, page.value, "GET"))
  return last.isBodyRead || replacing(halt) !== undefined || (halt.kind === "refused" && DROPPING.has(halt.status))
}

/** A status that a rule told for an error page is told in place of the first. */
const replacing = (halt: Halt): number | undefined =>
  (halt.kind === "refused" || halt.kind === "answered") && halt.isByRule === true ? halt.status : undefined

/** httpd follows ten redirects inside itself. */
const MOST_REDIRECTS = 10

/** One request, and those that rules of directories begin in its place. */
function work(exchange: Exchange, first: Running): Ended {
  let running = first
  for (let redirects = 0; ; redirects++) {
    const halt =
      tooManyRequests(exchange) ??
      setEnvironment(exchange, running, exchange.server.environment, running.uri) ??
      process(exchange, running) ??
      (running.redirected === undefined ? respond(exchange, running) : undefined)
    if (halt !== undefined) return { halt, running }
    if (redirects >= MOST_REDIRECTS)
      return { halt: unknown("where the rules lead", `they begin more than ${MOST_REDIRECTS} requests`), running }
    running = next(exchange, running, running.redirected ?? "/", running.method)
  }
}

/** A request in place of another (`ap_internal_redirect`): variables go on under another name. */
function next(exchange: Exchange, running: Running, path: string, method: string): Running {
  const { args, path: uri } = splitTarget(path)
  const environment = new Map(Array.from(running.environment, ([name, value]) => [`REDIRECT_${name}`, value]))
  const query = args ?? running.args
  const from = { method, uri, target: path, args: query, settings: exchange.server.settings, environment }
  return new Running(from, { previous: running })
}

function judgementOf(exchange: Exchange, running: Running, halt: Halt): Judgement<World> {
  switch (halt.kind) {
    case "unknown":
      return halt
    case "relayed":
      return { kind: "relays", to: halt.to, at: halt.at }
    case "answered": {
      const status = halt.status >= 400 ? shown(exchange, running, halt.status) : halt.status
      return { kind: "answers", status, by: halt.by, at: halt.at }
    }
    case "refused":
      return {
        kind: "refuses",
        status: shown(exchange, running, halt.status),
        denial: halt.denial,
        isLogged: halt.code !== undefined,
      }
  }
}

/** The status a client sees: `ErrorDocument` may send it elsewhere, and what comes of that may replace it. */
function shown(exchange: Exchange, running: Running, status: number, pages = 0): number {
  const page = running.settings.errors?.get(status)
  if (page?.kind === "url") return 302
  if (page?.kind !== "path" || pages >= MOST_REDIRECTS) return status
  const { halt, running: last } = work(exchange, next(exchange, running, page.value, "GET"))
  const instead = replacing(halt)
  if (instead === undefined) return status
  const isTooLarge = !running.isBodyRead && checkBody(exchange, last) !== undefined
  return isTooLarge ? status : shown(exchange, last, instead, pages + 1)
}
