import type { Check } from "./check.ts"
import type { DerivedFact, Fact, FactName } from "./fact.ts"
import type { PlannedFact } from "./planned.ts"
import { lineOf } from "./source.ts"
import { type Stage, stageRank } from "./stage.ts"
import type { Value } from "./value.ts"

// Each says why what it is given makes no plan, or nothing.

export function inCheck<W>({ fact, requirement }: Check<W>, stage: Stage): string | undefined {
  if (requirement.kind === "fact") return lateFor(fact, stage) ?? lateFor(requirement.fact, stage)
  const { source, value } = requirement
  if (typeof value === "number" && !Number.isFinite(value))
    return lateFor(fact, stage) ?? `${lineOf(source)} requires ${value}, which cannot be stored`
  return lateFor(fact, stage)
}

export function inFacts<W>(facts: readonly PlannedFact<W>[]): string | undefined {
  const names = new Set<string>()
  for (const { fact } of facts) {
    const contradiction = fact.kind === "derived" ? inInputs(fact) : undefined
    if (contradiction !== undefined) return contradiction
    if (names.has(fact.name)) return `two facts are named ${fact.name}`
    names.add(fact.name)
  }
  return undefined
}

/** A track is chosen before anything is judged, so there is nothing yet that could wait, or be refused and given back. */
export function inSelector<W>(selector: Fact<string, W>, facts: readonly PlannedFact<W>[]): string | undefined {
  const unfit = facts.find(({ fact }) => fact.kind === "fetched" || fact.kind === "reserved")?.fact
  if (unfit === undefined) return undefined
  return `${selector.name} chooses the track, so ${unfit.name} cannot be ${unfit.kind}`
}

function lateFor({ name, since }: FactName, stage: Stage): string | undefined {
  if (stageRank(since) <= stageRank(stage)) return undefined
  return `${name} is known only from stage ${since}, but a clause of stage ${stage} reads it`
}

const MOST_INPUTS = 4

function inInputs({ name, since, from }: DerivedFact<Value>): string | undefined {
  if (from.length === 0 || from.length > MOST_INPUTS)
    return `${name} is computed from ${from.length} facts; one to ${MOST_INPUTS} are possible`
  const late = from.find((it) => stageRank(it.since) > stageRank(since))
  if (late === undefined) return undefined
  return `${name} is known from stage ${since}, but is computed from ${late.name}, of stage ${late.since}`
}
