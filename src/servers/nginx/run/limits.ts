import type { Source } from "../../../decision/source.ts"
import { Unknowable } from "../values/unknowable.ts"
import type { Exchange } from "./exchange.ts"

/** What depends on how many ask is taken to let this one through, unless it would answer as a refusal does. */
export function limit(exchange: Exchange): void {
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

/** Stops where something not modelled may decide next: all of it, or only what acts before the rewrite module. */
export function needModels({ settings }: Exchange, which: "early" | "all"): void {
  const found = settings.unmodelled.find((it) => which === "all" || !it.isLate)
  if (found !== undefined) throw new Unknowable(found.need)
}
