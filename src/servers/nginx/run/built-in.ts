import type { Exchange } from "./exchange.ts"

/** Variables nginx reads anew each time (`NGX_HTTP_VAR_NOCACHEABLE`), as the request changes on its way. */
const READ_ANEW = new Set([
  "uri",
  "document_uri",
  "args",
  "query_string",
  "is_args",
  "request_filename",
  "document_root",
  "request_method",
])

export const isRemembered = (name: string): boolean => !READ_ANEW.has(name) && !name.startsWith("arg_")

/** A variable of nginx itself; undefined for one that is not modelled, or none. */
export function builtIn(name: string, exchange: Exchange): string | undefined {
  const { request, headers } = exchange
  if (name.startsWith("http_")) return headers.variable(name.slice("http_".length))
  if (name.startsWith("arg_")) return argument(exchange.args, name.slice("arg_".length))
  if (name.startsWith("cookie_")) return cookie(headers.variable("cookie"), name.slice("cookie_".length))
  if (name.startsWith("proxy_protocol_")) return ""
  switch (name) {
    case "uri":
    case "document_uri":
      return exchange.path
    case "args":
    case "query_string":
      return exchange.args
    case "is_args":
      return exchange.args === "" ? "" : "?"
    case "request_uri":
      return request.target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "")
    case "request":
      return `${request.method} ${request.target} ${request.protocol}`
    case "request_method":
      return (exchange.main ?? exchange).method
    case "request_filename":
      return exchange.filename() ?? ""
    case "document_root":
      return exchange.settings.root === undefined ? undefined : exchange.fill(exchange.settings.root.path)
    case "host":
      return request.host === "" ? serverName(exchange) : request.host.toLowerCase()
    case "server_name":
      return serverName(exchange)
    case "remote_addr":
    case "binary_remote_addr":
      return exchange.clientText
    case "realip_remote_addr":
      return request.client
    case "remote_port":
      return request.clientPort === undefined ? undefined : String(request.clientPort)
    case "remote_user":
      return exchange.credentials?.user ?? ""
    case "server_addr":
      return request.server
    case "server_port":
      return String(request.port)
    case "server_protocol":
      return request.protocol
    case "scheme":
      return request.scheme
    case "https":
      return request.scheme === "https" ? "on" : ""
    case "content_type":
      return headers.variable("content_type")
    case "content_length":
      return headers.variable("content_length")
    case "invalid_referer": {
      const { referers } = exchange.settings
      return referers === undefined || referers.isValid(headers.first("referer")) ? "" : "1"
    }
    default:
      return undefined
  }
}

const serverName = ({ server }: Exchange): string => (server.names[0] ?? "").replace(/^[.~]/, "").toLowerCase()

/** The first of that name, whatever its case; names are not decoded. */
function argument(args: string, name: string): string {
  for (const pair of args.split("&")) {
    const equals = pair.indexOf("=")
    if (equals > 0 && pair.slice(0, equals).toLowerCase() === name) return pair.slice(equals + 1)
  }
  return ""
}

/** As `ngx_http_parse_multi_header_lines` looks for one: behind `;` or `,`, and up to the next `;`. */
function cookie(cookies: string, name: string): string {
  for (let at = 0; at < cookies.length; ) {
    while (cookies[at] === " ") at++
    const behind = at + name.length
    if (cookies.slice(at, behind).toLowerCase() === name) {
      const value = /^ *= *([^;]*)/.exec(cookies.slice(behind))
      if (value !== null) return value[1] ?? ""
    }
    const next = cookies.slice(at).search(/[;,]/)
    if (next === -1) return ""
    at += next + 1
  }
  return ""
}
