import { check, following, written } from "../../../decision/check.ts"
import { atMost } from "../../../decision/relations.ts"
import { nginxBodyTooLarge, nginxNotFound } from "../causes.ts"
import { is } from "../relations.ts"
import { enter } from "./enter.ts"
import type { Exchange } from "./exchange.ts"
import { bodyLength, comesFromInside } from "./facts.ts"
import { refuseFault } from "./fault.ts"
import { needModels } from "./limits.ts"
import { runScript } from "./rewrite.ts"
import { gateAt, refuseAt, type Stop } from "./stop.ts"

/** Whether a location is yet to be chosen, or was named. */
export type From = "server" | "named"

/** Chooses a location, and again after each rewrite. */
export function findLocation(exchange: Exchange, from: From): Stop | undefined {
  if (from === "server") {
    const stopped = locate(exchange)
    if (stopped !== undefined) return stopped
  }
  for (;;) {
    needModels(exchange, "early")
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
  // Nothing is read for a sub-request, so that it is measured again wherever it goes.
  if (exchange.main === undefined) exchange.isBodyDiscarded = true
  const at = (directive ?? exchange.settings.directive).at
  const gate = gateAt(exchange.settings, "body", () => ({
    cause: nginxBodyTooLarge,
    anyOf: [check(bodyLength, atMost, written(bytes, at, "operator"))],
  }))
  return refuseAt(exchange, gate, 413, true)
}
