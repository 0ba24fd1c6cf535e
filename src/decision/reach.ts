import { Frame } from "./frame.ts"
import { imagine } from "./imagine.ts"
import type { Change, Mending } from "./mend.ts"
import type { PlannedCheck } from "./planned.ts"
import { placeOf, type Source } from "./source.ts"
import type { Phase } from "./stage.ts"
import { outlook } from "./survey.ts"
import { same, type Value } from "./value.ts"

/** Another request to the same plan, by a name people know it by. */
export interface Neighbour<W> {
  readonly name: string
  readonly frame: Frame<W>
}

/** Whom a mending lets in beside the request it was found for. */
export interface Reach {
  /** Refused without it, and let through with it as far as is known. */
  readonly admits: readonly string[]
  /** How many were asked. */
  readonly asked: number
}

/**
 * Decides each neighbour without and with the changes.
 *
 * An edit reaches every request that meets its requirement. A fact that is written somewhere reaches every request that reads
 * it from there; one that the caller brings along reaches nobody else.
 */
export function reach<W>({ changes }: Mending, neighbours: readonly Neighbour<W>[], phase: Phase = "request"): Reach {
  const admits = neighbours.filter(({ frame }) => isLetIn(frame, changes, phase)).map(({ name }) => name)
  return { admits, asked: neighbours.length }
}

function isLetIn<W>(frame: Frame<W>, changes: Mending["changes"], phase: Phase): boolean {
  if (outlook(frame, phase)?.kind !== "broken") return false
  const facts = new Map<number, Value>()
  const edits = new Map<number, Value>()
  for (const change of changes)
    if (change.kind === "edit") for (const { place } of editedBy(change, frame)) edits.set(place, change.to)
    else for (const slot of changedBy(change, frame)) facts.set(slot, change.to)
  if (facts.size === 0 && edits.size === 0) return false
  return outlook(imagine(frame, facts, edits, new Frame(frame.plan)), phase)?.kind === "open"
}

function editedBy<W>({ at, from }: Extract<Change, { kind: "edit" }>, { track }: Frame<W>): readonly PlannedCheck<W>[] {
  return track.clauses
    .flatMap(({ checks }) => checks)
    .filter(({ check: { requirement: it } }) => it.kind === "written" && isAt(it.source, at) && same(it.value, from))
}

function changedBy<W>({ fact, at }: Extract<Change, { kind: "fact" }>, frame: Frame<W>): readonly number[] {
  return frame.track.facts.flatMap((it, slot) =>
    it.fact.name === fact.name && isAt(frame.source(slot), at) ? [slot] : [],
  )
}

const isAt = (source: Source | undefined, at: Source | undefined): boolean =>
  source !== undefined && at !== undefined && placeOf(source) === placeOf(at)
