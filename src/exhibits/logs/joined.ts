import type { LogEvent } from "../exhibits.ts"

/** How far apart lines of one request may be, where only client and address join them. */
const MOST_APART = 2000

/** Ids that no two requests share. */
const OWN_IDS: ReadonlySet<string> = new Set(["unique_id", "request_id", "audit"])

/**
 * Lines that tell of one request, together, in the order they were given. Joined by an id of the request; on one
 * connection (nginx's `*number`, client and port) also by method and target, as a connection carries several; else by
 * client, method, target and time.
 */
export function joined(events: readonly LogEvent[]): readonly (readonly LogEvent[])[] {
  const groups = new Groups(events.length)
  const seen = new Map<string, number>()
  for (const [index, event] of events.entries())
    for (const key of strongKeys(event)) {
      const before = seen.get(key)
      if (before === undefined) seen.set(key, index)
      else groups.join(before, index)
    }
  joinNear(events, groups, onConnection, (a, b) => isNear(a, b) && mayBeSame(a, b))
  joinNear(events, groups, byAddress, (a, b) => isNear(a, b) && !(isAccess(a) && isAccess(b)))
  return groups.of(events)
}

function strongKeys({ ids, method, target }: LogEvent): readonly string[] {
  const connection = ids.get("connection")
  const own = [...ids].flatMap(([name, value]) => (OWN_IDS.has(name) ? [`${name}=${value}`] : []))
  return connection === undefined || target === undefined ? own : [...own, `${connection} ${method} ${target}`]
}

const onConnection = ({ client, clientPort }: LogEvent): string | undefined =>
  client === undefined || clientPort === undefined ? undefined : `${client} ${clientPort}`

const byAddress = ({ client, method, target }: LogEvent): string | undefined =>
  client === undefined || target === undefined ? undefined : `${client} ${method} ${withoutQuery(target)}`

/** ModSecurity tells the path alone where an access log tells the query too. */
const withoutQuery = (target: string): string => target.split("?", 1)[0] ?? target

const isNear = (a: LogEvent, b: LogEvent): boolean =>
  a.time === undefined || b.time === undefined || Math.abs(a.time - b.time) <= MOST_APART

const mayBeSame = (a: LogEvent, b: LogEvent): boolean =>
  a.target === undefined || b.target === undefined || withoutQuery(a.target) === withoutQuery(b.target)

/** A line written once for each request. */
const isAccess = ({ format, status }: LogEvent): boolean =>
  status !== undefined && !["modsecurity-2", "modsecurity-3", "coraza", "text"].includes(format)

/** How many earlier lines of the same key a line is compared with. */
const MOST_COMPARED = 16

function joinNear(
  events: readonly LogEvent[],
  groups: Groups,
  keyOf: (event: LogEvent) => string | undefined,
  isSame: (a: LogEvent, b: LogEvent) => boolean,
): void {
  const byKey = new Map<string, number[]>()
  for (const [index, event] of events.entries()) {
    const key = keyOf(event)
    if (key === undefined) continue
    const before = byKey.get(key) ?? []
    const found = before.find((it) => {
      const other = events[it]
      return other !== undefined && isSame(other, event) && groups.mayJoin(it, index, events)
    })
    if (found !== undefined) groups.join(found, index)
    byKey.set(key, [...before, index].slice(-MOST_COMPARED))
  }
}

/** Sets that are joined as more is learned (union and find). */
class Groups {
  readonly #parent: number[]
  /** Whether a line that is written once for each request is in the set of this root. */
  readonly #ids = new Map<number, string>()

  constructor(size: number) {
    this.#parent = Array.from({ length: size }, (_, index) => index)
  }

  root(of: number): number {
    let at = of
    for (let up = this.#parent[at] ?? at; up !== at; up = this.#parent[at] ?? at) {
      this.#parent[at] = this.#parent[up] ?? up
      at = up
    }
    return at
  }

  join(a: number, b: number): void {
    const [low, high] = [this.root(a), this.root(b)].toSorted((x, y) => x - y)
    if (low !== undefined && high !== undefined) this.#parent[high] = low
  }

  /** Lines with different ids of their own are of different requests, however alike they are. */
  mayJoin(a: number, b: number, events: readonly LogEvent[]): boolean {
    const own = this.#idOf(a, events)
    const other = this.#idOf(b, events)
    return own === undefined || other === undefined || own === other
  }

  #idOf(index: number, events: readonly LogEvent[]): string | undefined {
    const root = this.root(index)
    const known = this.#ids.get(root)
    if (known !== undefined) return known
    const ids = events[index]?.ids
    const id = ids?.get("unique_id") ?? ids?.get("request_id")
    if (id !== undefined) this.#ids.set(root, id)
    return id
  }

  of(events: readonly LogEvent[]): readonly (readonly LogEvent[])[] {
    const sets = new Map<number, LogEvent[]>()
    for (const [index, event] of events.entries()) {
      const root = this.root(index)
      const set = sets.get(root)
      if (set === undefined) sets.set(root, [event])
      else set.push(event)
    }
    return [...sets.values()]
  }
}
