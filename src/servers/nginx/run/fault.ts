import { check, following } from "../../../decision/check.ts"
import { absent } from "../../../decision/relations.ts"
import type { Source } from "../../../decision/source.ts"
import { nginxBadRequest, nginxServerFault } from "../causes.ts"
import type { Exchange } from "./exchange.ts"
import { requestFault, serverFault } from "./facts.ts"
import { gateAt, type Refused, refuseAt } from "./stop.ts"

/** nginx gives up with 500, and says why in its error log. */
export function refuseFault(exchange: Exchange, at: Source, what: string, isLogged = true): Refused {
  exchange.seen = { kind: what }
  const gate = gateAt(exchange.settings, `fault ${what} ${at.path}`, () => ({
    cause: nginxServerFault,
    anyOf: [check(serverFault, absent, following(null, at, "operator"))],
  }))
  return refuseAt(exchange, gate, 500, isLogged)
}

/** What came is no request. nginx tells such at level `info`, which is not written by default. */
export function refuseRequest(exchange: Exchange, what: string): Refused {
  exchange.seen = { kind: what }
  const { at } = exchange.server.directive
  const gate = gateAt(exchange.server, "request", () => ({
    cause: nginxBadRequest,
    anyOf: [check(requestFault, absent, following(null, at, "operator"))],
  }))
  return refuseAt(exchange, gate, 400, false)
}

/** An alias has no meaning where the path was rewritten, so nginx does not say what file is meant. */
export function refuseAlias(exchange: Exchange): Refused {
  const { at } = exchange.settings.root?.directive ?? exchange.settings.directive
  return refuseFault(exchange, at, "`alias` stands where the path was rewritten")
}
