import type { NonEmpty } from "../../decision/value.ts"
import type { Judgement, Need } from "../judgement.ts"
import type { ServerRequest } from "../request.ts"
import { toBytes } from "../values/bytes.ts"
import type { Pattern } from "../values/pattern.ts"
import type { NginxConfiguration } from "./configuration.ts"
import { Exchange, type NginxMachine } from "./run/exchange.ts"
import { faultIn } from "./run/request-fault.ts"
import { type Ended, run } from "./run/run.ts"
import type { Listener, Server } from "./settings/server.ts"
import { tryPattern } from "./values/matching.ts"
import { Unknowable } from "./values/unknowable.ts"
import { readUri } from "./values/uri.ts"

/** A judgement, and what was seen on the way to it. */
export interface NginxJudgement {
  readonly judgement: Judgement<Exchange>
  readonly server: Server | undefined
  /** What was looked at and held, and what was taken to. */
  readonly held: readonly string[]
}

/** What nginx 1.22 answers to one request. */
export const judgeNginx = (
  configuration: NginxConfiguration,
  machine: NginxMachine,
  request: ServerRequest,
): Judgement<Exchange> => followNginx(configuration, machine, request).judgement

/** The same with what was seen on the way. */
export function followNginx(
  configuration: NginxConfiguration,
  machine: NginxMachine,
  request: ServerRequest,
): NginxJudgement {
  let exchange: Exchange | undefined
  try {
    const { server, first } = serverFor(configuration, request)
    const uri = readUri(toBytes(request.target), first.mergesSlashes)
    exchange = new Exchange(configuration, machine, request, server, uri ?? { path: "", args: "", isQuoted: false })
    const fault = faultIn(exchange, uri !== undefined)
    const ended = run(exchange, fault)
    return { judgement: judgementOf(ended), server, held: exchange.held }
  } catch (error) {
    if (!(error instanceof Unknowable)) throw error
    const needs: NonEmpty<Need> = [error.need]
    return { judgement: { kind: "unknown", needs }, server: exchange?.server, held: exchange?.held ?? [] }
  }
}

/** Who answers, and who reads the path before it is known which name is asked for. */
interface Served {
  readonly server: Server
  readonly first: Server
}

function serverFor(configuration: NginxConfiguration, request: ServerRequest): Served {
  const { servers, gaps } = configuration
  const [first] = servers
  if (first === undefined) throw new Unknowable({ what: "a `server` block", why: "none was given" })
  const found = listenerFor(configuration, request)
  if (found === undefined) return { server: first, first }
  const host = request.host.toLowerCase().replace(/\.$/, "")
  const { server, isNamed } = found.choose(host, (pattern: Pattern) => tryPattern(pattern, host) !== undefined)
  const [missing] = gaps
  if (!isNamed && missing !== undefined)
    throw new Unknowable({
      what: missing.what,
      why: `a server for ${host === "" ? "no name" : host} may stand in it`,
      at: missing.at,
    })
  // With TLS, the name is known before the request.
  return { server, first: request.scheme === "https" ? server : found.standard }
}

const STANDARD_PORT = 80

/** Undefined for the one server of a piece, which is taken to be asked whatever the port. */
function listenerFor(configuration: NginxConfiguration, request: ServerRequest): Listener | undefined {
  const { listeners, servers, isFragment } = configuration
  const found = listeners.find(request)
  if (found === "unclear")
    throw new Unknowable({
      what: "the address the request came in at",
      why: "several servers listen on this port, each at its own",
    })
  if (found !== undefined) return found
  if (isFragment && servers.length === 1) return undefined
  const isPortTold = servers.some((it) => it.directive.block?.some(({ name }) => name === "listen"))
  const untold = isFragment && !isPortTold ? listeners.find({ ...request, port: STANDARD_PORT }) : undefined
  if (untold !== undefined && untold !== "unclear") return untold
  throw new Unknowable({
    what: `a server that listens on port ${request.port}`,
    why: "none of those given does",
  })
}

function judgementOf(ended: Ended): Judgement<Exchange> {
  const { refusal } = ended
  if (ended.kind === "relayed") {
    // Where an error page keeps the status, what is answered there is only its body.
    if (refusal === undefined || ended.status === 0) return { kind: "relays", to: ended.to, at: ended.at }
    return { kind: "refuses", status: ended.status, ...refusal }
  }
  if (refusal === undefined) return { kind: "answers", status: ended.status, by: ended.by, at: ended.at }
  return { kind: "refuses", status: ended.status, ...refusal }
}
