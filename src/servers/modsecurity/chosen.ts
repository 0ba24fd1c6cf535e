import type { SeenRequest } from "../../exhibits/exhibits.ts"
import type { Place } from "./place.ts"
import { roleOf } from "./roles.ts"
import type { Transaction } from "./transaction.ts"

/** The request that was asked about, as far as can be told, and the others that were refused. */
export interface Chosen {
  readonly transaction: Transaction
  readonly others: readonly Transaction[]
  /** Nothing given says which of several refused requests was meant; the last is taken. */
  readonly isGuess: boolean
}

/** Undefined where no line speaks of a refusal, or of none that was asked about. */
export function choose(all: readonly Transaction[], request: SeenRequest): Chosen | undefined {
  const denied = all.filter((it) => it.blocking !== undefined)
  const possible = all.filter(mayBeRefused)
  const meant = [denied, possible].map((some) => closest(some, request)).find((some) => some.length > 0) ?? []
  const transaction = meant.at(-1)
  if (transaction === undefined) return undefined
  return { transaction, others: denied.filter((it) => it !== transaction), isGuess: meant.length > 1 }
}

/** Those to the same target, else to the same path, else those that say no place; all, where nothing was asked about. */
function closest(all: readonly Transaction[], request: SeenRequest): readonly Transaction[] {
  if (request.target === undefined) return all
  const there = all.filter((it) => fits(it, request))
  const exactly = there.filter((it) => it.target === request.target)
  return exactly.length > 0 ? exactly : there.length > 0 ? there : all.filter(hasNoPlace)
}

/** Only some of its lines were given, and none says that it went through. */
function mayBeRefused({ blocking, sayings, score }: Transaction): boolean {
  if (blocking !== undefined) return false
  // A rule that would have denied and only warned: the engine detects and does not refuse.
  if (sayings.some((it) => roleOf(it.message).kind === "evaluates")) return false
  return score !== undefined || sayings.some((it) => it.message.action === "unsaid")
}

const hasNoPlace = ({ uri }: Transaction): boolean => uri === undefined

function fits({ uri, method, target }: Transaction, request: SeenRequest): boolean {
  if (request.target === undefined) return false
  if (method !== undefined && request.method !== undefined && method !== request.method) return false
  const path = decodedPath(request.target)
  return (uri !== undefined && decodedPath(uri) === path) || (target !== undefined && decodedPath(target) === path)
}

/** Whether a request goes where an exclusion holds; one whose method is not known may. */
export function isAt({ target, uri, method }: Transaction, place: Place): boolean {
  if (place.path === undefined) return true
  const at = target ?? uri
  if (at === undefined || decodedPath(at) !== decodedPath(place.path)) return false
  return method === undefined || place.method === undefined || method === place.method
}

/** A request as people can find it: `POST /notes from 192.0.2.7 (awG9…)`. */
export function nameOf({ method, target, uri, client, uniqueId }: Transaction): string {
  const from = client === undefined ? "" : ` from ${client}`
  const id = uniqueId === undefined ? "" : ` (${uniqueId})`
  return `${method ?? "request to"} ${target ?? uri ?? "an unknown path"}${from}${id}`
}

/** Path without query, decoded where that can be done; what cannot be decoded is compared as it is. */
function decodedPath(target: string): string {
  const path = /^[^?#]*/.exec(target.replace(/^https?:\/\/[^/?#]*/i, ""))?.[0] || "/"
  try {
    return decodeURIComponent(path)
  } catch {
    // A percent sign that begins no escape.
    return path
  }
}
