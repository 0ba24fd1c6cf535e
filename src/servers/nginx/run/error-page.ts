import type { Exchange } from "./exchange.ts"
import type { Stop } from "./stop.ts"
import { splitArgs } from "./try-files.ts"

/** Where a status has an error page, it is what comes next (`ngx_http_special_response_handler`). */
export function errorPage(exchange: Exchange, status: number): Stop | undefined {
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
