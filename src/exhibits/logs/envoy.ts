import { clientOf, type LineReader, lineReading, statusOf } from "./reading.ts"
import { timeOf } from "./time.ts"

const ACCESS =
  /^\[(\d{4}-\d\d-\d\dT[\d:.]{8,20}Z?)\] "(\S{1,20}) (\S{1,8192}) (HTTP\/\S{1,4}|-|)" (\d{1,3}) (\S{1,60}) (.*)$/s
const COMPONENT = /^\[(\d{4}-\d\d-\d\d[ T][\d:.]{8,20})\]\s?\[\d{1,10}\]\[([a-z]{1,10})\]\[([a-z0-9_]{1,40})\] (.*)$/s
const ISTIO_COMPONENT = /^(\d{4}-\d\d-\d\dT[\d:.]{8,20}Z)\t([a-z]{1,10})\tenvoy ([a-z0-9_]{1,40}) (.*)$/s

/** Envoy's default access log and Istio's, which adds code details; and the log of its components, such as `rbac`. */
export const readEnvoy: LineReader = (line) => readAccess(line) ?? readComponent(line)

const readAccess: LineReader = (line) => {
  const match = ACCESS.exec(line)
  if (match === null) return undefined
  const [, time = "", method, target, , status, flags = "", rest = ""] = match
  const quoted = Array.from(rest.matchAll(/"([^"]{0,8192})"/g), ([, it]) => it ?? "")
  const [forwarded, agent, requestId, host, upstream] = quoted.slice(-5)
  const details = /^[a-z_]{3,80}(?:[[{][^\s]{1,500})?(?= )/.exec(rest)?.[0]
  const own = statusOf(status)
  return lineReading({
    format: "envoy",
    time: timeOf(time),
    method,
    target,
    host,
    agent,
    client: clientOf(forwarded?.split(",", 1)[0]?.trim() ?? "").client,
    status: own,
    upstreamStatus:
      details === "via_upstream" || (details === undefined && flags === "-" && (upstream ?? "-") !== "-")
        ? own
        : undefined,
    ids: new Map(requestId === undefined ? [] : [["request_id", requestId]]),
    codes: [...(flags === "-" ? [] : flags.split(",")), ...(details === undefined ? [] : [details])],
    message: line,
  })
}

const readComponent: LineReader = (line) => {
  const match = COMPONENT.exec(line) ?? ISTIO_COMPONENT.exec(line)
  if (match === null) return undefined
  const [, time = "", level, component = "", message = ""] = match
  const policy = /\b(?:shadow )?(?:enforced|denied|allowed)[^\n]{0,20}matched policy ([^\s,]{1,300})/.exec(message)?.[1]
  return lineReading({
    format: "envoy",
    time: timeOf(time),
    level,
    codes: [component, ...(policy === undefined ? [] : [policy])],
    message,
  })
}
