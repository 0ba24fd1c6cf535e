import { METHODS } from "../facts/methods.ts"
import { type RouteMatch, type Routes, UNROUTED_TRACK } from "../facts/route.ts"
import { hostName } from "./host.ts"
import { nearRoutes } from "./near-routes.ts"
import { type Pattern, segmentsOf } from "./pattern.ts"
import { type RouteEntry, trackOf } from "./route-entry.ts"

interface Node {
  readonly texts: Map<string, Node>
  any: Node | undefined
  /** Routes whose pattern ends here, and those open from here; indices, ascending. */
  readonly ends: number[]
  readonly open: number[]
}
const node = (): Node => ({ texts: new Map(), any: undefined, ends: [], open: [] })

/** An index over routes. Finds what a walk over the list in order would find, in time that depends on the path's length. */
export function createRoutes(entries: readonly RouteEntry[]): Routes {
  const root = node()
  for (const [index, { pattern }] of entries.entries()) insert(root, pattern, index)
  // Maps and no objects: any token is a method, and "constructor" is in every object.
  const matches = entries.map(
    ({ id, pattern, methods }) =>
      new Map(
        methods.map((it): [string, RouteMatch] => [it, { track: trackOf(id, it), pattern: pattern.text, methods }]),
      ),
  )
  // Facts about one request ask the same question three times; the answer is kept until another question comes.
  let last: { method: string; host: string; path: string; match: RouteMatch } | undefined
  return {
    match: (method, host, path) => {
      if (last !== undefined && last.path === path && last.method === method && last.host === host) return last.match
      const match = find(root, entries, matches, method, host, path)
      last = { method, host, path, match }
      return match
    },
    near: (method, host, path) => nearRoutes(entries, method, host, path),
  }
}

function insert(root: Node, { segments, open }: Pattern, index: number): void {
  let at = root
  for (const segment of segments) {
    if (segment.kind === "any") {
      at.any ??= node()
      at = at.any
    } else {
      const next = at.texts.get(segment.text) ?? node()
      at.texts.set(segment.text, next)
      at = next
    }
  }
  if (open) at.open.push(index)
  else at.ends.push(index)
}

function find(
  root: Node,
  entries: readonly RouteEntry[],
  matches: readonly ReadonlyMap<string, RouteMatch>[],
  method: string,
  host: string,
  path: string,
): RouteMatch {
  const name = hostName(host)
  // `OPTIONS *` asks of the server as a whole, which no route is.
  const taking = path === "*" ? [] : candidates(root, segmentsOf(path))
  const found = taking.filter((i) => {
    const wanted = entries[i]?.host
    return wanted === undefined || wanted === name
  })
  for (const i of found) {
    const match = matches[i]?.get(method)
    if (match !== undefined) return match
  }
  const [first] = found
  if (first === undefined) return { track: UNROUTED_TRACK, pattern: null, methods: [] }
  const allowed = METHODS.filter((it) => found.some((i) => entries[i]?.methods.includes(it)))
  return { track: UNROUTED_TRACK, pattern: entries[first]?.pattern.text ?? null, methods: allowed }
}

/** Indices of the routes whose pattern takes the segments, ascending. */
function candidates(root: Node, segments: readonly string[]): number[] {
  const found: number[] = []
  walk(root, segments, 0, found)
  return found.length > 1 ? found.sort((a, b) => a - b) : found
}

function walk(at: Node, segments: readonly string[], depth: number, found: number[]): void {
  const segment = segments[depth]
  if (segment === undefined) {
    for (const index of at.ends) found.push(index)
    return
  }
  for (const index of at.open) found.push(index)
  const text = at.texts.get(segment)
  if (text !== undefined) walk(text, segments, depth + 1, found)
  if (at.any !== undefined && segment !== "") walk(at.any, segments, depth + 1, found)
}
