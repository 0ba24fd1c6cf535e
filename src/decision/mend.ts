import type { Fact } from "./fact.ts"
import { Frame } from "./frame.ts"
import { imagine } from "./imagine.ts"
import { NOTHING, type Step, Ways } from "./mend-steps.ts"
import type { Audience, Party } from "./party.ts"
import type { PlannedCheck } from "./planned.ts"
import type { Source } from "./source.ts"
import type { Phase } from "./stage.ts"
import { outlook } from "./survey.ts"
import type { NonEmpty, Unknown, Value } from "./value.ts"

/** One thing that could have been different, and who could make it so. */
export type Change =
  /** Another value of a fact. `at`: where the value is written, when it is; the change is then an edit of that place. */
  | {
      readonly kind: "fact"
      readonly fact: Fact<Value, never>
      readonly from: Value | Unknown
      readonly to: Value
      readonly by: Exclude<Party, "nobody">
      readonly at: Source | undefined
    }
  /** Another requirement: an edit of the configuration, which concerns everyone it applies to. */
  | {
      readonly kind: "edit"
      readonly check: PlannedCheck<never>["check"]
      readonly from: Value
      readonly to: Value
      readonly by: "operator"
      readonly at: Source
    }

/** Changes that together let the request pass every clause that could be judged. */
export interface Mending {
  readonly changes: NonEmpty<Change>
  /** What was not read when the request was refused, and may still refuse it. */
  readonly unverified: readonly Fact<Value, never>[]
  /** Who may be told it. A value taken from a list is told to nobody who may not see the list. */
  readonly shownTo: Audience
}

export interface MendLimits {
  /** Most changes in one mending. */
  readonly changes: number
  /** Most frames judged; a search that reaches it returns what it has found. */
  readonly frames: number
}
/** Enough for every search over small requirement lists; the bound is for lists of thousands. */
const THOROUGH: MendLimits = { changes: 3, frames: 20_000 }

/**
 * The mendings with the fewest changes, cheapest party and narrowest reach first.
 *
 * Each has been judged again through every later clause by the one evaluator; one that does not work is never returned.
 * The frame should be complete: off the hot path, `complete()` reads what the refusal left unread. For an audience that may
 * not be told everything, what it may not be told is not tried: the fewest are the fewest it can be told.
 */
export function mend<W>(
  refused: Frame<W>,
  phase: Phase = "request",
  limits: MendLimits = THOROUGH,
  audience: Audience = "operator",
): readonly Mending[] {
  const found = search(refused, phase, limits, audience)
  // A change may be taken back on the way, so the fewest may be fewer than those they were found among.
  const fewest = Math.min(...found.map(({ step }) => step.size))
  return found
    .filter(({ step }) => step.size === fewest)
    .sort((a, b) => cost(refused, a.step) - cost(refused, b.step))
    .map(({ step, unverified }) => told(refused, step, unverified))
}

interface Found<W> {
  readonly step: Step<W>
  readonly unverified: Mending["unverified"]
}

/**
 * Tries all that differs in one thing, then all that differs in two, and stops at the first number that helps.
 *
 * The first broken clause must be mended by one of its own checks, so trying each of them misses nothing that stays on its
 * track. In order of discovery, not of depth: what is likeliest was offered first, and must not wait behind a long chain.
 */
function search<W>(refused: Frame<W>, phase: Phase, { changes, frames }: MendLimits, audience: Audience): Found<W>[] {
  const ways = new Ways(refused, audience)
  const scratch = new Frame(refused.plan)
  const found: Found<W>[] = []
  const bySize: Step<W>[][] = [[NOTHING]]
  let left = frames
  for (let size = 0; size <= changes && found.length === 0; size++)
    // Grows while it is walked: a change may replace one made before, and so make the step no larger.
    for (const step of bySize[size] ?? []) {
      if (left-- <= 0) return found
      const frame = imagine(refused, step.facts, step.edits ?? refused.edits, scratch)
      const ahead = outlook(frame, phase)
      if (ahead?.kind === "broken") queue(ways.from(step, ahead.planned, frame), size, bySize, frames)
      else if (ahead !== undefined && step.size > 0) found.push({ step, unverified: ahead.unverified })
    }
  return found
}

/** Nothing is kept that there would be no frame left for. */
function queue<W>(steps: readonly Step<W>[], size: number, bySize: Step<W>[][], most: number): void {
  for (const step of steps) {
    const at = Math.max(size, step.size)
    const waiting = bySize[at] ?? []
    bySize[at] = waiting
    if (waiting.length < most) waiting.push(step)
  }
}

/** An edit of a requirement reaches everyone it applies to, so it comes after every change of one caller's facts. */
const COST: Readonly<Record<Exclude<Party, "nobody">, number>> = { caller: 0, owner: 1, operator: 2 }
const EDIT_COST = 8

function cost<W>(refused: Frame<W>, { facts, edits }: Step<W>): number {
  let sum = (edits?.size ?? 0) * EDIT_COST
  for (const slot of facts.keys()) sum += COST[partyOf(refused, slot)]
  return sum
}

function partyOf<W>(frame: Frame<W>, slot: number): Exclude<Party, "nobody"> {
  const party = frame.track.facts[slot]?.fact.party
  if (party === undefined || party === "nobody") throw new Error("a fact nobody can change was changed")
  return party
}

function told<W>(
  refused: Frame<W>,
  { facts, edits, edited, shownTo }: Step<W>,
  unverified: Mending["unverified"],
): Mending {
  const changes: Change[] = []
  for (const [slot, to] of facts) {
    const fact = refused.track.facts[slot]?.fact
    if (fact === undefined) throw new Error("a change names no fact")
    const by = partyOf(refused, slot)
    changes.push({ kind: "fact", fact, from: refused.value(slot), to, by, at: refused.source(slot) })
  }
  for (const { check, place } of edited) {
    const { requirement } = check
    const to = edits?.get(place)
    if (requirement.kind === "fact" || to === undefined) throw new Error("an edit names no place")
    changes.push({ kind: "edit", check, from: requirement.value, to, by: "operator", at: requirement.source })
  }
  const [first] = changes
  if (first === undefined) throw new Error("a mending changes nothing")
  return { changes: [first, ...changes.slice(1)], unverified, shownTo }
}
