import type { Exhibits, LogEvent, SeenRequest } from "../../exhibits/exhibits.ts"
import type { ServerRequest } from "../../servers/request.ts"
import type { Guess } from "./guess.ts"
import type { Installation } from "./installation.ts"

/** A request as a judge can take it, and what had to be taken for granted, as nobody said it. */
export interface AskedRequest {
  readonly request: ServerRequest
  /** A verdict that rests on one of these is no proof. */
  readonly guessed: readonly Guess[]
}

/** An address of documentation (RFC 5737): nobody's, so that no rule that names somebody fits it. */
const STRANGER = "203.0.113.9"

/** Undefined where not even the path is known. */
export function askedRequest(
  { request, events }: Exhibits,
  installation: Installation | undefined,
): AskedRequest | undefined {
  const event =
    events.find((it) => it.target !== undefined && (it.status === undefined || it.status === 403)) ?? events[0]
  const target = pathOf(request.target ?? event?.target)
  if (target === undefined) return undefined
  const client = installation?.client ?? event?.client
  const host = request.host ?? event?.host
  const scheme = request.scheme ?? (request.port === 443 ? "https" : "http")
  const headers = headersOf(request, event, host)
  const guessed: Guess[] = []
  if (client === undefined) guessed.push("client")
  if (!request.areHeadersComplete) guessed.push("headers")
  if (host === undefined) guessed.push("host")
  return {
    request: {
      method: request.method ?? event?.method ?? "GET",
      target,
      host: (host ?? "").replace(/:\d+$/, ""),
      scheme,
      port: request.port ?? portIn(host) ?? (scheme === "https" ? 443 : 80),
      protocol: "HTTP/1.1",
      headers,
      client: client ?? STRANGER,
    },
    guessed,
  }
}

/** Path and query of an address or of a target in another form. */
function pathOf(target: string | undefined): string | undefined {
  if (target === undefined) return undefined
  const path = target.replace(/^https?:\/\/[^/?#]*/i, "").replace(/#.*$/s, "")
  return path.startsWith("/") ? path : path === "" ? "/" : undefined
}

function portIn(host: string | undefined): number | undefined {
  const port = /:(\d{1,5})$/.exec(host ?? "")?.[1]
  return port === undefined ? undefined : Number(port)
}

function headersOf(
  { headers }: SeenRequest,
  event: LogEvent | undefined,
  host: string | undefined,
): ServerRequest["headers"] {
  const told = new Map(headers)
  if (host !== undefined && !told.has("host")) told.set("host", host)
  if (event?.agent !== undefined && !told.has("user-agent")) told.set("user-agent", event.agent)
  if (event?.referrer !== undefined && !told.has("referer")) told.set("referer", event.referrer)
  return [...told]
}
