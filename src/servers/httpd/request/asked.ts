import { UNKNOWN, type Unknown } from "../../../decision/value.ts"
import { type Asked, evaluate } from "../settings/evaluate-expression.ts"
import type { Expression } from "../settings/expression.ts"
import type { Exchange } from "./exchange.ts"
import type { Running } from "./running.ts"

/** Whether an expression holds for a request as it stands now. */
export const evaluateFor = (exchange: Exchange, running: Running, expression: Expression): boolean | Unknown =>
  evaluate(expression, askedOf(exchange, running))

function askedOf(exchange: Exchange, running: Running): Asked {
  return {
    variable: (name) => variableOf(exchange, running, name),
    call: (name, argument) => called(exchange, running, name, argument),
  }
}

const HEADERS: Readonly<Record<string, string>> = {
  HTTP_ACCEPT: "accept",
  HTTP_COOKIE: "cookie",
  HTTP_FORWARDED: "forwarded",
  HTTP_HOST: "host",
  HTTP_PROXY_CONNECTION: "proxy-connection",
  HTTP_REFERER: "referer",
  HTTP_USER_AGENT: "user-agent",
}

/** Variables that expressions and rewrite rules share (server/util_expr_eval.c, mod_rewrite `lookup_variable`). */
export function variableOf(exchange: Exchange, running: Running, name: string): string | Unknown {
  const header = HEADERS[name]
  if (header !== undefined) return exchange.headers.get(header) ?? ""
  const { request, server } = exchange
  switch (name) {
    case "REQUEST_METHOD":
      return running.method
    case "REQUEST_URI":
      return running.uri
    case "QUERY_STRING":
      return running.args ?? ""
    case "REMOTE_ADDR":
      return exchange.client
    case "REMOTE_USER":
      return running.user ?? ""
    case "REQUEST_SCHEME":
      return request.scheme
    case "HTTPS":
      return request.scheme === "https" ? "on" : "off"
    case "SERVER_PROTOCOL":
      return request.protocol
    case "SERVER_PORT":
      return String(request.port)
    case "SERVER_ADDR":
      return request.server ?? UNKNOWN
    case "SERVER_NAME":
      return request.host === "" ? (server.name ?? UNKNOWN) : request.host
    case "DOCUMENT_ROOT":
      return server.root?.value ?? UNKNOWN
    case "THE_REQUEST":
      return `${request.method} ${request.target} ${request.protocol}`
    case "REQUEST_FILENAME":
    case "SCRIPT_FILENAME":
      return running.filename ?? running.uri
    case "PATH_INFO":
      return running.pathInfo
    case "IS_SUBREQ":
      return running.parent === undefined ? "false" : "true"
    case "CONTEXT_PREFIX":
      return running.context?.prefix ?? ""
    case "CONTEXT_DOCUMENT_ROOT":
      return running.context?.root ?? server.root?.value ?? UNKNOWN
    case "AUTH_TYPE":
      return running.user === undefined ? "" : "Basic"
    default:
      return UNKNOWN
  }
}

function called(exchange: Exchange, running: Running, name: string, argument: string): string | Unknown {
  switch (name) {
    case "http":
    case "req":
    case "req_novary":
      return exchange.headers.get(argument.toLowerCase()) ?? ""
    case "env":
    case "reqenv":
      return running.environment.get(argument) ?? ""
    case "tolower":
      return argument.toLowerCase()
    case "toupper":
      return argument.toUpperCase()
    default:
      return UNKNOWN
  }
}
