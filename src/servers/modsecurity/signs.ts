import type { Chosen } from "./chosen.ts"
import type { WafFinding } from "./finding.ts"

/** Families of rules by the first three digits that speak of an attack and not of form. */
const ATTACKS: ReadonlyMap<number, string> = new Map([
  [930, "file inclusion"],
  [931, "remote file inclusion"],
  [932, "command execution"],
  [933, "PHP injection"],
  [934, "script injection"],
  [941, "cross-deployment scripting"],
  [942, "SQL injection"],
  [943, "session fixation"],
  [944, "Java attack"],
])
/** More kinds of attack in one request, or more places it was tried at, than one that was meant so usually has. */
const MANY_KINDS = 3
const MANY_PLACES = 5

/** What the lines themselves say about whether the request was meant; never enough to decide it. */
export function signsOf({ transaction, others }: Chosen): WafFinding["signs"] {
  const contributions = transaction.score?.contributions ?? []
  const kinds = new Set(contributions.flatMap(({ rule }) => ATTACKS.get(Math.floor(rule / 1000)) ?? []))
  const targets = new Set(contributions.map((it) => it.target))
  const attack: string[] = []
  const meant: string[] = []
  if (contributions.some(({ rule }) => Math.floor(rule / 1000) === 913))
    attack.push("the client calls itself a scanner (rules 913xxx)")
  if (kinds.size >= MANY_KINDS) attack.push(`it looks like several kinds of attack at once: ${[...kinds].join(", ")}`)
  const places = new Set(
    others.flatMap((it) => (it.client !== undefined && it.client === transaction.client ? (it.uri ?? []) : [])),
  )
  if (places.size >= MANY_PLACES) attack.push(`the same client was refused at ${places.size} other paths`)
  const [only] = targets
  if (kinds.size === 1 && targets.size === 1 && only !== undefined)
    meant.push(`only ${only} matched, and only rules against ${[...kinds].join()}`)
  const clients = new Set(others.flatMap((it) => (it.uri === transaction.uri ? (it.client ?? []) : [])))
  if (clients.size > 1) meant.push(`${clients.size} other clients were refused at the same path`)
  return { attack, meant }
}
