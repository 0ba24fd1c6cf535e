import { readUrl } from "../request/url.ts"
import { clientOf, type LineReader, lineReading, statusOf } from "./reading.ts"
import { timeOf } from "./time.ts"

const BALANCER =
  /^(?:https?|h2|grpcs|wss?) (\d{4}-\d\d-\d\dT[\d:.]{8,20}Z) (\S{1,300}) (\S{1,80}) (\S{1,80}) [-.\d]{1,20} [-.\d]{1,20} [-.\d]{1,20} (\d{3}|-) (\d{3}|-) \d{1,20} \d{1,20} "(\S{1,20}) (\S{1,8192}) \S{1,12}" "([^"]{0,2000})" (.*)$/s

/** The access log of an Application Load Balancer. */
export const readBalancer: LineReader = (line) => {
  const match = BALANCER.exec(line)
  if (match === null) return undefined
  const [, time = "", , client = "", , status, upstream, method, address = "", agent, rest = ""] = match
  const url = readUrl(address)
  const quoted = Array.from(rest.matchAll(/"([^"]{0,2000})"/g), ([, it]) => it ?? "")
  const [trace = "", , , actions = "", , reason = "-"] = quoted
  return lineReading({
    format: "alb",
    time: timeOf(time),
    ...clientOf(client),
    method,
    target: url?.target ?? address,
    host: url?.host,
    status: statusOf(status),
    upstreamStatus: statusOf(upstream),
    agent,
    ids: new Map([["trace", trace]]),
    codes: [...actions.split(","), ...reason.split(",")].filter((it) => it !== "-"),
    message: line,
  })
}

/** CloudFront's standard log: fields between tabs, in the order of version 1.0. */
export const readCloudFront: LineReader = (line) => {
  if (!/^\d{4}-\d\d-\d\d\t\d\d:\d\d:\d\d\t/.test(line)) return undefined
  const fields = line.split("\t", 40)
  const [
    date,
    hour,
    ,
    ,
    client,
    method,
    ,
    stem = "",
    status,
    referrer,
    agent = "",
    query = "-",
    ,
    result = "",
    id = "",
    host,
  ] = fields
  if (fields.length < 16) return undefined
  return lineReading({
    format: "cloudfront",
    time: timeOf(`${date}T${hour}Z`),
    client,
    method,
    target: query === "-" ? stem : `${stem}?${query}`,
    host,
    status: statusOf(status),
    referrer,
    agent: agent.replaceAll("%20", " "),
    ids: new Map([["request_id", id]]),
    codes: [result],
    message: line,
  })
}
