import type { LogEvent } from "../exhibits.ts"

/** What one line says, before it is known where it stands. */
export type LineReading = Omit<LogEvent, "from" | "line">

/** Undefined for a line that is not of the reader's format. Must take time in proportion to the line's length. */
export type LineReader = (line: string) => LineReading | undefined

/** As `LineReading`, with undefined for what is not known. */
export type LineDraft = { readonly [Name in keyof LineReading]?: LineReading[Name] | undefined } & Pick<
  LineReading,
  "format" | "message"
>

/** Leaves out what is undefined, empty, or a log's sign for nothing. */
export function lineReading(draft: LineDraft): LineReading {
  const { format, message, ids, codes, ...rest } = draft
  const said = {
    ...word("level", rest.level?.toLowerCase()),
    ...word("client", rest.client),
    ...word("method", rest.method),
    ...word("target", rest.target),
    ...word("host", rest.host),
    ...word("agent", rest.agent),
    ...word("referrer", rest.referrer),
    ...number("time", rest.time),
    ...number("clientPort", rest.clientPort),
    ...number("status", rest.status),
    ...number("upstreamStatus", rest.upstreamStatus),
  }
  const named = [...(ids ?? [])].filter(([, value]) => value !== "" && value !== "-")
  return { format, message, ...said, ids: new Map(named), codes: [...new Set(codes ?? [])].filter((it) => it !== "") }
}

const word = <Name extends string>(
  name: Name,
  value: string | undefined,
): { readonly [It in Name]?: string } | object =>
  value === undefined || value === "" || value === "-" ? {} : { [name]: value }

const number = <Name extends string>(
  name: Name,
  value: number | undefined,
): { readonly [It in Name]?: number } | object =>
  value === undefined || !Number.isFinite(value) ? {} : { [name]: value }

interface Place {
  readonly client: string
  readonly clientPort?: number
}

/**
 * `10.0.0.1:80`, `[::1]:80`, an address alone. httpd writes `::1:39747`, where only a log that always tells the port
 * says which part is it.
 */
export function clientOf(text: string, { hasPort = false }: { readonly hasPort?: boolean } = {}): Place {
  const match =
    /^\[([^\]]{1,64})\](?::(\d{1,5}))?$/.exec(text) ??
    /^([^:\s]{1,255}):(\d{1,5})$/.exec(text) ??
    (hasPort ? /^([0-9A-Fa-f:.]{2,45}):(\d{1,5})$/ : /^([0-9A-Fa-f:.]{2,45}):(\d{5})$/).exec(text)
  const [, client = text, port] = match ?? []
  return port === undefined ? { client } : { client, clientPort: Number(port) }
}

/** `GET /x HTTP/1.1`; what is no request line gives nothing. */
export function requestLineOf(text: string): { readonly method?: string; readonly target?: string } {
  const match = /^([A-Za-z][A-Za-z-]{1,20}) (\S+)(?: HTTP\/\d(?:\.\d)?)?$/.exec(text)
  return match?.[1] === undefined || match[2] === undefined ? {} : { method: match[1], target: match[2] }
}

/** A status a log writes; none for `0`, `-` or a number that is no status. */
export const statusOf = (text: string | number | undefined): number | undefined => {
  const status = Number(text)
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined
}
