import type { Exhibit, Exhibits, LogEvent, SeenRequest } from "../exhibits/exhibits.ts"
import { joined } from "../exhibits/logs/joined.ts"

/** How far apart lines of one request may be, in milliseconds. */
const MOST_APART = 2000
/** All zones are whole quarters of an hour apart, and error logs do not tell theirs: times are compared within one. */
const QUARTER = 900_000
const SLOTS = QUARTER / MOST_APART

interface Own {
  readonly path: string
  readonly clients: ReadonlySet<string>
  /** Of the times of its lines, within a quarter of an hour. */
  readonly slots: ReadonlySet<number>
}

/**
 * The exhibits without the log lines that are about other requests, where the request is known and lines about it are
 * given: those of other targets, of other clients, and of other times. What is left out becomes blanks, so that every
 * position stays. Where no line tells of the request, none is known to tell of another. `client` is who asked, where known.
 */
export function concerning(exhibits: Exhibits, client?: string): Exhibits {
  const { events } = exhibits
  const lines = ownOf(exhibits, client)
  const target = exhibits.request.target
  if (target === undefined || lines.length === 0) return exhibits
  const times = lines.flatMap(({ time }) => time ?? [])
  const own: Own = {
    path: pathOf(target),
    clients: new Set(lines.flatMap(({ client }) => client ?? [])),
    slots: new Set(times.map(slotOf)),
  }
  const said = new Set(lines)
  const rest = joined(events).filter((group) => !group.some((it) => said.has(it)))
  const elsewhere = rest.filter((group) => group.some((it) => isElsewhere(it, own)))
  // People paste lines of several attempts: one at another time may be all there is of why.
  const isTold = lines.some((it) => it.format.endsWith("-error") || it.format.startsWith("modsecurity"))
  const late = isTold ? rest.filter((group) => group.some((it) => isAtAnotherTime(it, own))) : []
  const others = new Set([...elsewhere, ...late].flat())
  return others.size === 0 ? exhibits : leftWithout(exhibits, others)
}

/** Lines that tell the request's own target, and of several such requests those at the time of the answer. */
function ownOf({ events, request, response }: Exhibits, client: string | undefined): readonly LogEvent[] {
  const same = events.filter((it) => isSame(it, request) && (client === undefined || (it.client ?? client) === client))
  const answered = Date.parse(response.headers.get("date") ?? "")
  if (Number.isNaN(answered)) return same
  const slot = new Set([slotOf(answered)])
  const then = same.filter(({ time }) => time !== undefined && isNear(slotOf(time), slot))
  return then.length === 0 ? same : then
}

const isSame = ({ target, method, status }: LogEvent, request: SeenRequest): boolean =>
  target !== undefined &&
  request.target !== undefined &&
  pathOf(target) === pathOf(request.target) &&
  (method === undefined || request.method === undefined || method === request.method) &&
  (status === undefined || status >= 400)

const isElsewhere = ({ target, client }: LogEvent, { path, clients }: Own): boolean =>
  (target !== undefined && pathOf(target) !== path) ||
  (client !== undefined && clients.size > 0 && !clients.has(client))

const isAtAnotherTime = ({ time }: LogEvent, { slots }: Own): boolean =>
  time !== undefined && slots.size > 0 && !isNear(slotOf(time), slots)

const slotOf = (time: number): number => Math.floor((time % QUARTER) / MOST_APART)

const isNear = (slot: number, slots: ReadonlySet<number>): boolean =>
  slots.has(slot) || slots.has((slot + 1) % SLOTS) || slots.has((slot + SLOTS - 1) % SLOTS)

const pathOf = (target: string): string => target.replace(/^https?:\/\/[^/]{0,300}/, "").split("?", 1)[0] ?? target

function leftWithout(exhibits: Exhibits, others: ReadonlySet<LogEvent>): Exhibits {
  const places = new Set([...others].map((it) => it.from))
  const blanked = new Map(exhibits.of.log.map((it) => [it, blank(it, places)]))
  return {
    ...exhibits,
    all: exhibits.all.map((it) => blanked.get(it) ?? it),
    of: { ...exhibits.of, log: exhibits.of.log.map((it) => blanked.get(it) ?? it) },
    events: exhibits.events.filter((it) => !others.has(it)),
  }
}

/** Places are those that `readEvents` gives its lines. */
function blank(exhibit: Exhibit, places: ReadonlySet<string>): Exhibit {
  const lines = exhibit.text.split("\n")
  const isOne = exhibit.lines === undefined && lines.filter((it) => it.trim() !== "").length === 1
  const text = lines.map((it, at) => {
    const place = isOne ? exhibit.from : `${exhibit.from}:${exhibit.lines?.[at] ?? at + 1}`
    return places.has(place) ? " ".repeat(it.length) : it
  })
  return { ...exhibit, text: text.join("\n") }
}
