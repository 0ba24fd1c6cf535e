import { check, following } from "../../../decision/check.ts"
import { nginxMethodNotAllowed } from "../causes.ts"
import { differs } from "../relations.ts"
import type { Exchange } from "./exchange.ts"
import { requestMethod } from "./facts.ts"
import { refuseRequest } from "./fault.ts"
import { gateAt, refuseAt, type Stop } from "./stop.ts"

/** What nginx refuses before any directive is asked (src/http/ngx_http_request.c). */
export function faultIn(exchange: Exchange, isUriRead: boolean): Stop | undefined {
  const { request, headers } = exchange
  const { method, protocol } = request
  if (!/^[A-Z_-]+$/.test(method)) return refuseRequest(exchange, "a method with other characters than capitals")
  if (!isUriRead) return refuseRequest(exchange, "a path that cannot be read")
  const hosts = headers.all("host")
  if (hosts.length > 1) return refuseRequest(exchange, "two Host fields")
  if (hosts[0] !== undefined && !isHost(hosts[0])) return refuseRequest(exchange, "a Host that is no name")
  if (hosts.length === 0 && protocol === "HTTP/1.1" && request.host === "") return refuseRequest(exchange, "no Host")
  const lengths = headers.all("content_length")
  if (lengths.length > 1 || (lengths[0] !== undefined && !/^\d{1,18}$/.test(lengths[0])))
    return refuseRequest(exchange, "a Content-Length that is no number")
  if (lengths.length === 1 && headers.first("transfer_encoding") !== undefined)
    return refuseRequest(exchange, "both Content-Length and Transfer-Encoding")
  if (method !== "TRACE" && method !== "CONNECT") return undefined
  const { directive } = exchange.server
  const gate = gateAt(exchange.server, method, () => ({
    cause: nginxMethodNotAllowed,
    anyOf: [check(requestMethod, differs, following(method, directive.at, "operator"))],
  }))
  return refuseAt(exchange, gate, 405, false)
}

/** As `ngx_http_validate_host` sees it. */
const isHost = (host: string): boolean => {
  const bare = host.startsWith("[") ? host.slice(0, host.indexOf("]") + 1) : (host.split(":")[0] ?? "")
  return bare !== "" && bare !== "." && !/[\0- \x7f/]|\.\./.test(host)
}
