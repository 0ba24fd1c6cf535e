import { check, following, written } from "../../../decision/check.ts"
import { atMost } from "../../../decision/relations.ts"
import type { Source } from "../../../decision/source.ts"
import type { Handler } from "../../judgement.ts"
import { nginxBodyTooLarge, nginxNotFound } from "../causes.ts"
import { is } from "../relations.ts"
import { Unknowable } from "../values/unknowable.ts"
import { access } from "./access.ts"
import { content } from "./content.ts"
import { enter } from "./enter.ts"
import type { Exchange } from "./exchange.ts"
import { bodyLength, comesFromInside } from "./facts.ts"
import { refuseFault } from "./fault.ts"
import { runScript } from "./rewrite.ts"
import { gateAt, type Refusal, refuseAt, type Stop } from "./stop.ts"
import { splitArgs, tryFiles } from "./try-files.ts"

/** How a request ended. */
export type Ended = {
  /** The first refusal on its way, whatever an error page made of it. */
  readonly refusal: Refusal | undefined
} & (
  | { readonly kind: "answered"; readonly status: number; readonly by: Handler; readonly at: Source | undefined }
  | {
      readonly kind: "relayed"
      readonly to: string
      readonly at: Source /** What is sent whatever is answered there. */
      readonly status: number
    }
)

type From = "server" | "named"

/** Takes a request through the phases of nginx until it is answered. @throws Unknowable */
export function run(exchange: Exchange, first?: Stop): Ended {
  let refusal: Refusal | undefined
  let stop: Stop = first ?? phases(exchange, "server")
  // Each turn takes one of the changes nginx allows.
  for (;;) {
    if (stop.kind === "status") refusal ??= stop.refusal
    switch (stop.kind) {
      case "relayed":
        return { kind: "relayed", to: stop.to, at: stop.at, status: exchange.errorStatus, refusal }
      case "sent":
        return { kind: "answered", status: exchange.errorStatus || stop.status, by: stop.by, at: stop.at, refusal }
      case "elsewhere":
        stop = redirect(exchange, stop.path, stop.args) ?? phases(exchange, "server")
        break
      case "named":
        stop = goToNamed(exchange, stop.name, stop.at) ?? phases(exchange, "named")
        break
      case "status": {
        if (stop.isSent)
          return { kind: "answered", status: exchange.errorStatus || stop.status, by: stop.by, at: stop.at, refusal }
        const next = errorPage(exchange, stop.status)
        if (next === undefined)
          return { kind: "answered", status: exchange.errorStatus, by: stop.by, at: stop.at, refusal }
        stop = next
      }
    }
  }
}

function phases(exchange: Exchange, from: From): Stop {
  if (from === "server") {
    exchange.learnClient()
    const stopped = runScript(exchange, exchange.server.settings.script)
    if (stopped !== undefined) return stopped
  }
  const stopped = find(exchange, from)
  if (stopped !== undefined) return stopped
  const { settings } = exchange
  exchange.learnClient()
  limit(exchange)
  needModels(exchange)
  return (
    access(exchange, ask) ??
    (settings.tryFiles === undefined ? undefined : tryFiles(exchange, settings.tryFiles)) ??
    content(exchange)
  )
}

/** Chooses a location, and again after each rewrite. */
function find(exchange: Exchange, from: From): Stop | undefined {
  if (from === "server") {
    const stopped = locate(exchange)
    if (stopped !== undefined) return stopped
  }
  for (;;) {
    needModels(exchange)
    const stopped =
      exchange.settings === exchange.server.settings ? undefined : runScript(exchange, exchange.settings.script)
    if (stopped !== undefined) return stopped
    if (!exchange.isUriChanged) return undefined
    if (--exchange.changesLeft === 0)
      return refuseFault(exchange, exchange.settings.directive.at, "a cycle of rewrites")
    exchange.settings = exchange.server.settings
    const lost = locate(exchange)
    if (lost !== undefined) return lost
  }
}

function locate(exchange: Exchange): Stop | undefined {
  const { server } = exchange
  exchange.handler = undefined
  exchange.isUriChanged = false
  const choice = server.locations.find(exchange.path, (pattern) => exchange.matches(pattern, exchange.path))
  const settings = choice?.location.settings ?? server.settings
  exchange.settings = settings
  const { internal } = settings
  if (!exchange.isInternal && internal !== undefined)
    return refuseAt(
      exchange,
      gateAt(settings, "internal", () => ({
        cause: nginxNotFound,
        anyOf: [check(comesFromInside, is, following(true, internal.at, "operator"))],
      })),
      404,
      false,
    )
  enter(exchange, settings)
  const tooLarge = measureBody(exchange)
  if (tooLarge !== undefined) return tooLarge
  return choice?.redirects
    ? { kind: "status", status: 301, refusal: undefined, by: "redirect", at: settings.directive.at }
    : undefined
}

function measureBody(exchange: Exchange): Stop | undefined {
  const { bytes, directive } = exchange.settings.maxBody
  if (exchange.isBodyDiscarded || bytes === 0) return undefined
  const length = Number(exchange.headers.first("content_length") ?? 0)
  if (length <= bytes) return undefined
  exchange.isBodyDiscarded = true
  const at = (directive ?? exchange.settings.directive).at
  const gate = gateAt(exchange.settings, "body", () => ({
    cause: nginxBodyTooLarge,
    anyOf: [check(bodyLength, atMost, written(bytes, at, "operator"))],
  }))
  return refuseAt(exchange, gate, 413, true)
}

/** What depends on how many ask is taken to let this one through, unless it would answer as a refusal does. */
function limit(exchange: Exchange): void {
  const { limits, limitStatus } = exchange.settings
  const { requests: status, connections: other } = limitStatus
  const [request] = limits.requests
  const [connection] = limits.connections
  if (request !== undefined && status === 403) throw new Unknowable(needRate(request.at, "limit_req"))
  if (connection !== undefined && other === 403) throw new Unknowable(needRate(connection.at, "limit_conn"))
  if (request !== undefined) exchange.held.push(`\`limit_req\` would answer ${status}, and is taken not to be reached`)
  if (connection !== undefined)
    exchange.held.push(`\`limit_conn\` would answer ${other}, and is taken not to be reached`)
}

const needRate = (at: Source, name: string) => ({
  what: `how many requests came shortly before: the error log line of \`${name}\``,
  why: "it answers 403 when there are too many",
  at,
})

function needModels({ settings }: Exchange): void {
  const [need] = settings.unmodelled
  if (need !== undefined) throw new Unknowable(need)
}

function redirect(exchange: Exchange, path: string, args: string): Stop | undefined {
  if (--exchange.changesLeft === 0)
    return refuseFault(exchange, exchange.settings.directive.at, "a cycle of redirects inside")
  exchange.path = path
  exchange.args = args
  exchange.settings = exchange.server.settings
  exchange.isInternal = true
  exchange.addsPathToAlias = false
  exchange.isLocationValid = true
  return undefined
}

function goToNamed(exchange: Exchange, name: string, at: Source): Stop | undefined {
  if (--exchange.changesLeft === 0) return refuseFault(exchange, at, "a cycle of redirects to a named location")
  const location = exchange.server.named.get(name)
  if (exchange.path === "" || location === undefined) return refuseFault(exchange, at, `there is no location ${name}`)
  exchange.isInternal = true
  exchange.handler = undefined
  exchange.isUriChanged = false
  enter(exchange, location.settings)
  return undefined
}

/** Where a status has an error page, it is what comes next (`ngx_http_special_response_handler`). */
function errorPage(exchange: Exchange, status: number): Stop | undefined {
  exchange.errorStatus = CODES_OF_NGINX.has(status) ? 400 : status
  const { errorPages, areErrorPagesRecursive } = exchange.settings
  if (exchange.isOnErrorPage || errorPages.length === 0 || exchange.changesLeft === 0) return undefined
  if (!areErrorPagesRecursive) exchange.isOnErrorPage = true
  const page = errorPages.find((it) => it.status === status)
  if (page === undefined) return undefined
  if (page.answers !== undefined) exchange.errorStatus = page.answers
  const to = exchange.fill(page.to)
  if (to.startsWith("/")) {
    if (exchange.method !== "HEAD") exchange.method = "GET"
    const [path, args] = splitArgs(to)
    return { kind: "elsewhere", path, args }
  }
  if (to.startsWith("@")) return { kind: "named", name: to, at: page.directive.at }
  const isRedirect = [301, 302, 303, 307, 308].includes(page.answers ?? 0)
  exchange.errorStatus = isRedirect ? (page.answers ?? 302) : 302
  return { kind: "sent", status: 302, by: "error-page", at: page.directive.at }
}

/** Statuses of its own (494 to 497), which are sent as 400. */
const CODES_OF_NGINX = new Set([494, 495, 496, 497])

/** The status of a request the server makes to itself. */
function ask(exchange: Exchange, path: string): number {
  const ended = run(exchange.subrequest(path))
  if (ended.kind === "relayed")
    throw new Unknowable({
      what: `what ${ended.to} answers to the sub-request ${path}`,
      why: "`auth_request` lets in by it",
      at: ended.at,
    })
  return ended.status
}
