import { editDistance } from "../decision/closest.ts"
import type { Near } from "../decision/fact.ts"
import { hostName } from "./host.ts"
import { type Pattern, segmentsOf } from "./pattern.ts"
import type { RouteEntry } from "./route-entry.ts"

/** As many near misses as anyone reads. */
const MOST = 3
/** Routes compared in full. With thousands of routes the others are left out by a cheaper measure, so that a wrong path stays cheap to refuse. */
const COMPARED = 64
/** Further from what was asked than this, a route was not meant. */
const FARTHEST = 8
/** No slip makes a path longer than this out of a route's, and to write one out for each route compared takes a tenth of a second. */
const LONGEST = 512

/** Positions in the facts that routing is computed from. */
const AT = { method: 1, host: 2, path: 3 } as const

/** Routes that would have taken the request but for a slip, closest first, each with the first operand that failed. */
export function nearRoutes(
  entries: readonly RouteEntry[],
  method: string,
  host: string,
  path: string,
): readonly Near[] {
  if (path.length > LONGEST) return []
  const asked = segmentsOf(path)
  return shortlist(entries, path)
    .map((entry) => measure(entry, method, host, path, asked))
    .filter(({ distance }) => distance <= FARTHEST)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST)
    .map(({ near }) => near)
}

/** The routes that share most of the path's beginning. */
function shortlist(entries: readonly RouteEntry[], path: string): readonly RouteEntry[] {
  if (entries.length <= COMPARED) return entries
  return entries
    .map((entry) => ({ entry, shared: sharedPrefix(entry.pattern.text, path) }))
    .sort((a, b) => b.shared - a.shared)
    .slice(0, COMPARED)
    .map(({ entry }) => entry)
}

function sharedPrefix(a: string, b: string): number {
  let i = 0
  while (i < a.length && i < b.length && a[i] === b[i]) i++
  return i
}

function measure(entry: RouteEntry, method: string, host: string, path: string, asked: readonly string[]) {
  const { pattern, methods, source } = entry
  const name = `${methods.join(", ")} ${entry.host ?? ""}${pattern.text}`
  const meant = meantPath(pattern, asked)
  const changes: { at: number; to: string }[] = []
  const said: string[] = []
  let distance = 0
  if (entry.host !== undefined && entry.host !== hostName(host)) {
    changes.push({ at: AT.host, to: entry.host })
    said.push(`the host "${host}" is not "${entry.host}"`)
    distance += Math.min(4, editDistance(entry.host, hostName(host)))
  }
  if (meant !== path) {
    changes.push({ at: AT.path, to: meant })
    said.push(`the path "${path}" is not like "${pattern.text}"`)
    distance += editDistance(meant, path)
  }
  if (!methods.some((it) => it === method)) {
    changes.push({ at: AT.method, to: methods[0] ?? "GET" })
    said.push(`the method ${method} is not ${methods.join(" or ")}`)
    distance += 1
  }
  const near: Near = { name, said: said[0] ?? "it matches", source, changes }
  return { near, distance: changes.length === 0 ? FARTHEST + 1 : distance }
}

/** The path that the pattern takes and that differs least: the asked-for values in the places of parameters. */
function meantPath({ segments, open }: Pattern, asked: readonly string[]): string {
  const parts = segments.map((segment, i) => (segment.kind === "text" ? segment.text : asked[i] || "1"))
  const rest = open ? asked.slice(segments.length) : []
  if (open && rest.length === 0) rest.push("")
  return `/${[...parts, ...rest].map(encodeSegment).join("/")}`
}

const encodeSegment = (text: string): string =>
  encodeURIComponent(text).replace(/%(3A|40|24|2C|2B|3D|26|3B)/g, decodeURIComponent)
