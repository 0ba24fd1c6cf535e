import type { Exhibit, Exhibits, LogEvent, SeenRequest } from "../exhibits/exhibits.ts"
import { joined } from "../exhibits/logs/joined.ts"

/**
 * The exhibits with the log lines of other requests left out, where it is known which request was refused and its lines are
 * among them. A line that belongs to no request stays: it may be about all of them.
 */
export function concerning(exhibits: Exhibits, client: string | undefined): Exhibits {
  const { events, of, request } = exhibits
  if (request.target === undefined || events.length < 2) return exhibits
  const groups = joined(events)
  const own = groups.filter((it) => it.some((event) => isAbout(event, request, client)))
  if (own.length === 0 || own.length === groups.length) return exhibits
  const others = new Set(
    groups.filter((it) => !own.includes(it)).flatMap((it) => (it.some(isOfOne) ? it.map(({ line }) => line) : [])),
  )
  for (const { line } of own.flat()) others.delete(line)
  const kept = new Map(of.log.map((it) => [it, without(it, others)]))
  return {
    ...exhibits,
    all: exhibits.all.map((it) => kept.get(it) ?? it),
    of: { ...of, log: of.log.map((it) => kept.get(it) ?? it) },
    events: events.filter((it) => !others.has(it.line)),
  }
}

/** It names the request by what is known of it, and contradicts none of that. */
function isAbout(event: LogEvent, { method, target }: SeenRequest, client: string | undefined): boolean {
  if (event.target === undefined || pathOf(event.target) !== pathOf(target ?? "")) return false
  if (method !== undefined && event.method !== undefined && event.method !== method) return false
  return client === undefined || event.client === undefined || event.client === client
}

const isOfOne = ({ client, target }: LogEvent): boolean => client !== undefined || target !== undefined

const pathOf = (target: string): string => target.replace(/^https?:\/\/[^/]*/i, "").replace(/[?#].*$/s, "") || "/"

/** The exhibit with blanks in place of these lines, so that every position stays what it was. */
function without(exhibit: Exhibit, lines: ReadonlySet<string>): Exhibit {
  const text = exhibit.text
    .split("\n")
    .map((line) => (lines.has(line) || lines.has(line.replace(/\r$/, "")) ? " ".repeat(line.length) : line))
    .join("\n")
  return { ...exhibit, text }
}
