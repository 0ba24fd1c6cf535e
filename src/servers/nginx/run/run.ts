import type { Source } from "../../../decision/source.ts"
import type { Handler } from "../../judgement.ts"
import { Unknowable } from "../values/unknowable.ts"
import { access } from "./access.ts"
import { content } from "./content.ts"
import { enter } from "./enter.ts"
import { errorPage } from "./error-page.ts"
import type { Exchange } from "./exchange.ts"
import { refuseFault } from "./fault.ts"
import { limit, needModels } from "./limits.ts"
import { type From, findLocation } from "./locate.ts"
import { runScript } from "./rewrite.ts"
import type { Asked } from "./said.ts"
import type { Refusal, Stop } from "./stop.ts"
import { tryFiles } from "./try-files.ts"

/** How a request ended. */
export type Ended = {
  /** The first refusal on its way, whatever an error page made of it. */
  readonly refusal: Refusal | undefined
} & (
  | {
      readonly kind: "answered"
      readonly status: number
      readonly by: Handler
      readonly at: Source | undefined
      /** The connection was closed without an answer; the status is what the access log says. */
      readonly isHungUp?: true
    }
  | {
      readonly kind: "relayed"
      readonly to: string
      readonly at: Source /** What is sent whatever is answered there. */
      readonly status: number
    }
)

/** Statuses that close the connection, whatever error page is told for them (`ngx_http_finalize_request`). */
const HANGS_UP = new Set([408, 444, 499])

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
        if (HANGS_UP.has(stop.status))
          return { kind: "answered", status: stop.status, by: stop.by, at: stop.at, refusal, isHungUp: true }
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
    needModels(exchange, "early")
    const stopped = runScript(exchange, exchange.server.settings.script)
    if (stopped !== undefined) return stopped
  }
  const stopped = findLocation(exchange, from)
  if (stopped !== undefined) return stopped
  const { settings } = exchange
  exchange.learnClient()
  limit(exchange)
  needModels(exchange, "all")
  return (
    access(exchange, ask) ??
    (settings.tryFiles === undefined ? undefined : tryFiles(exchange, settings.tryFiles)) ??
    content(exchange)
  )
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

/** Makes a request of the server to itself. */
function ask(exchange: Exchange, path: string): Asked {
  const ended = run(exchange.subrequest(path))
  exchange.asked = ended.refusal
  if (ended.kind === "relayed")
    throw new Unknowable({
      what: `what ${ended.to} answers to the sub-request ${path}`,
      why: "`auth_request` lets in by it",
      at: ended.at,
    })
  return { status: ended.status, isHungUp: ended.isHungUp === true }
}
