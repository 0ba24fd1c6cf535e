import { below, isList, type Json, jsonOf, numberBelow, wordBelow } from "../json.ts"
import { readUrl } from "../request/url.ts"
import { clientOf, type LineReader, lineReading, requestLineOf, statusOf } from "./reading.ts"
import { timeOf } from "./time.ts"

type Path = readonly string[]
const paths = (text: string): readonly Path[] =>
  text
    .trim()
    .split(/\s+/)
    .map((it) => it.split("."))

/** Where products write the same thing: Caddy, Kong, Envoy, Traefik, Google's load balancers, AWS WAF, ModSecurity. */
const STATUS = paths(`status status_code statusCode response.status response_code httpRequest.status DownstreamStatus
  res.statusCode responseStatus.code transaction.response.http_code transaction.response.status http.status_code
  http.response.status_code responseCodeSent sc-status statusCodeReturned`)
const UPSTREAM = paths("upstream_status OriginStatus upstream.status target_status_code")
const METHOD = paths(`method request.method request_method http_method httpRequest.requestMethod httpRequest.httpMethod
  RequestMethod req.method transaction.request.method http.method http.request.method cs-method verb`)
const TARGET = paths(`request.uri uri request_uri path url httpRequest.requestUrl httpRequest.uri RequestPath req.url
  transaction.request.uri http.target url.path request.url requestURI cs-uri-stem`)
const HOST = paths(`request.host host authority RequestHost server_name http_host transaction.request.headers.Host
  transaction.request.headers.host req.headers.host http.host`)
const CLIENT = paths(`request.client_ip request.remote_ip client_ip clientIp remote_addr httpRequest.clientIp
  httpRequest.remoteIp ClientHost downstream_remote_address transaction.client_ip req.remoteAddress ip
  client.ip client_address source_ip request.remote_addr`)
const AGENT = paths(`user_agent http_user_agent userAgent httpRequest.userAgent request_User-Agent
  request.headers.user-agent req.headers.user-agent transaction.request.headers.User-Agent`)
const REFERRER = paths("referer http_referer httpRequest.referer req.headers.referer")
const TIME = paths("time ts timestamp @timestamp start_time datetime StartUTC startTime transaction.time_stamp")
const LEVEL = paths("level severity log.level lvl transaction.severity")
const MESSAGE = paths("msg message error.message error err jsonPayload.statusDetails textPayload")
const IDS: readonly (readonly [path: Path, id: string])[] = [
  ...paths("request_id requestId x_request_id httpRequest.requestId req.id request.id").map(
    (it) => [it, "request_id"] as const,
  ),
  ...paths("unique_id transaction.unique_id transaction.id").map((it) => [it, "unique_id"] as const),
  ...paths("trace_id traceId trace").map((it) => [it, "trace"] as const),
]
const CODES = paths(`response_flags response_code_details terminatingRuleId action jsonPayload.statusDetails
  jsonPayload.enforcedSecurityPolicy.name jsonPayload.enforcedSecurityPolicy.outcome error.type error_code errorCode
  reason error.code code`)

/** One JSON object to a line, whoever wrote it. */
export const readJsonLine: LineReader = (line) => {
  if (!line.startsWith("{") || !line.trimEnd().endsWith("}")) return undefined
  const value = jsonOf(line)
  if (value === undefined) return undefined
  const target = first(value, TARGET)
  const url = target === undefined ? undefined : readUrl(target)
  const port = numberBelow(value, "transaction", "client_port") ?? numberBelow(value, "request", "remote_port")
  const asked = requestLineOf(wordBelow(value, "request") ?? "")
  return lineReading({
    format: "json",
    time: timeIn(value),
    level: first(value, LEVEL),
    ...clientOf(first(value, CLIENT) ?? ""),
    ...(port === undefined ? {} : { clientPort: port }),
    method: first(value, METHOD) ?? asked.method,
    target: url?.target ?? target ?? asked.target,
    host: first(value, HOST) ?? url?.host,
    status: STATUS.map((it) => statusOf(numberBelow(value, ...it))).find((it) => it !== undefined),
    upstreamStatus: UPSTREAM.map((it) => statusOf(numberBelow(value, ...it))).find((it) => it !== undefined),
    agent: first(value, AGENT),
    referrer: first(value, REFERRER),
    ids: new Map(
      IDS.flatMap(([path, id]) =>
        wordBelow(value, ...path) === undefined ? [] : [[id, wordBelow(value, ...path) ?? ""] as const],
      ),
    ),
    codes: [...CODES.flatMap((it) => wordBelow(value, ...it) ?? []), ...rulesOf(value)],
    message: first(value, MESSAGE) ?? line,
  })
}

const first = (value: Json, places: readonly Path[]): string | undefined =>
  places.map((it) => wordBelow(value, ...it)).find((it) => it !== undefined)

/** Seconds with a fraction, milliseconds, microseconds or nanoseconds since 1970, or a time in words. */
function timeIn(value: Json): number | undefined {
  for (const path of TIME) {
    const found = below(value, ...path)
    if (typeof found === "string" && timeOf(found) !== undefined) return timeOf(found)
    const number = numberBelow(value, ...path)
    if (number === undefined || number < 1e8) continue
    const digits = [1e3, 1, 1e-3, 1e-6].find((factor) => number * factor < 1e13)
    if (digits !== undefined) return Math.round(number * digits)
  }
  return undefined
}

/** Rules of ModSecurity's audit log and of AWS WAF that matched. */
function rulesOf(value: Json): readonly string[] {
  const messages = below(value, "transaction", "messages")
  const labels = below(value, "labels")
  return [
    ...(isList(messages)
      ? messages.slice(0, 500).flatMap((it) => idOf(below(it, "details", "ruleId") ?? below(it, "data", "id")))
      : []),
    ...(isList(labels) ? labels.slice(0, 500).flatMap((it) => wordBelow(it, "name") ?? []) : []),
  ]
}

const idOf = (value: Json | undefined): readonly string[] =>
  typeof value === "string" || typeof value === "number" ? [String(value)] : []
