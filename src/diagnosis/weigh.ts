import type { Exhibits } from "../exhibits/exhibits.ts"
import type { ForeignCause } from "../foreign/cause.ts"
import { WEIGHTS } from "../foreign/clue.ts"
import type { Resemblance } from "./resemblance.ts"
import { type Sighting, sighting } from "./sighting.ts"

/** One cause and all that was seen for it and against it. */
export interface Suspect {
  /** How much the words of the case are those of the cause, where they are. */
  readonly resemblance: Resemblance | undefined
  readonly cause: ForeignCause
  readonly sightings: readonly Sighting[]
  /** Sum of weights, in nats: the logarithm of how much likelier the evidence is under this cause. */
  readonly score: number
}

/** Clues of one part of a case repeat each other: the second counts half, the third a quarter. */
const REPEATED = 0.5

export function weigh(cause: ForeignCause, exhibits: Exhibits, resemblance?: Resemblance): Suspect | undefined {
  const sightings = cause.clues.flatMap((it) => sighting(it, exhibits) ?? [])
  if (sightings.length === 0 && resemblance === undefined) return undefined
  return { cause, sightings, resemblance, score: sum(sightings) + (resemblance?.weight ?? 0) }
}

function sum(sightings: readonly Sighting[]): number {
  let total = 0
  const byPart = Map.groupBy(sightings, (it) => it.part)
  for (const group of byPart.values()) {
    const weights = group.map((it) => WEIGHTS[it.clue.weight]).sort((a, b) => b - a)
    let share = 1
    for (const weight of weights) {
      total += weight > 0 ? weight * share : weight
      if (weight > 0) share *= REPEATED
    }
  }
  return total
}
