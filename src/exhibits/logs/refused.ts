import type { LogEvent, SeenRequest } from "../exhibits.ts"
import { seenRequest } from "../request/draft.ts"
import { readUrl } from "../request/url.ts"

/** The one request that the refusals in the logs are about; undefined where they are about several, or about none. */
export function requestOfEvents(events: readonly LogEvent[]): SeenRequest | undefined {
  const told = events.filter(({ target }) => target !== undefined)
  const refused = told.filter(isRefusal)
  const asked = withoutIcon(refused.length > 0 ? refused : told)
  const [first] = asked
  if (first === undefined || !asked.every((it) => isSame(it, first))) return undefined
  const host = asked.find((it) => it.host !== undefined)?.host
  const agent = asked.find((it) => it.agent !== undefined)?.agent
  const referrer = asked.find((it) => it.referrer !== undefined)?.referrer
  const url = readUrl(first.target ?? "")
  const headers = new Map(
    Object.entries({ host, "user-agent": agent, referer: referrer }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  )
  const method = asked.find((it) => it.method !== undefined)?.method
  return seenRequest({
    method,
    url,
    target: url === undefined ? first.target : undefined,
    headers,
    areHeadersComplete: false,
  })
}

const isRefusal = ({ status, format, level }: LogEvent): boolean =>
  status === undefined
    ? (format === "nginx-error" || format === "httpd-error") && /^(?:error|crit|alert|emerg)$/.test(level ?? "")
    : status === 403 || status === 401

/** Browsers ask for it by themselves. */
function withoutIcon(events: readonly LogEvent[]): readonly LogEvent[] {
  const others = events.filter(({ target }) => target !== "/favicon.ico")
  return others.length === 0 ? events : others
}

const isSame = (a: LogEvent, b: LogEvent): boolean =>
  a.target === b.target && (a.method === undefined || b.method === undefined || a.method === b.method)
