import type { Told } from "./cause.ts"
import type { Denial } from "./decide.ts"
import { type Evidence, isKnown } from "./evidence.ts"
import type { Frame, OUTCOME } from "./frame.ts"
import { outcomeOf } from "./judge.ts"
import { type Change, type Mending, type MendLimits, mend } from "./mend.ts"
import { nearOf } from "./near.ts"
import { type Audience, maySee, type Party } from "./party.ts"
import type { Reach } from "./reach.ts"
import { lineOf, type Source } from "./source.ts"
import { type Phase, phaseOf, type Stage } from "./stage.ts"
import { each, type NonEmpty, same, show, UNKNOWN, type Unknown, type Value } from "./value.ts"

/** One comparison as told. `at`: where the requirement is written; `observedAt`: where the value is. Operators only. */
export interface ToldEvidence {
  readonly fact: string
  readonly said: string
  readonly observed?: Value
  readonly required?: Value
  readonly at?: string
  readonly observedAt?: string
}

export interface ToldChange {
  readonly by: Party
  /** The fact changed, or the one whose requirement is. */
  readonly fact: string
  readonly kind: Change["kind"]
  readonly from?: Value
  readonly to?: Value
  readonly at?: string
  /** The place inside the file, for tools that apply the change. */
  readonly path?: string
}

export interface ToldMending {
  readonly changes: NonEmpty<ToldChange>
  /** What may still refuse the request, as it was not known when it was refused. */
  readonly unverified: readonly string[]
  /** Whom else it would let in, where that was asked. */
  readonly reach?: Reach
}

/** One stop of the track a request took: the clauses of a stage and how they came out. */
export interface Stop {
  readonly stage: Stage
  readonly cause: string
  readonly outcome: keyof typeof OUTCOME
}

/**
 * What one audience may be told about one refusal. The reply, the command line and the console all print this and nothing
 * else, so what is not in it cannot leak.
 */
export interface Explanation {
  readonly cause: string
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly stage: Stage
  readonly evidence: NonEmpty<ToldEvidence>
  /** For default deny: what almost matched, closest first. */
  readonly near: readonly { readonly name: string; readonly said: string; readonly at?: string }[]
  /** What to do, by whom: the cause's general advice. */
  readonly fix: NonEmpty<{ readonly by: Party; readonly does: string }>
  /** What was found to work for this very request, each decided again. */
  readonly mends: readonly ToldMending[]
  /** Operators only. */
  readonly revision?: string
  readonly track?: readonly Stop[]
}

/** Enough for an answer in passing; `explain` off the hot path searches thoroughly. */
const MOST_MENDS = 4

export function explain<W>(
  denial: Denial<W>,
  audience: Audience,
  phase: Phase = phaseOf(denial.clause.clause.stage),
  limits?: MendLimits,
): Explanation {
  const evidence = each(denial.evidence, (it) => tell(it, audience))
  const mendings = mend(denial.frame.complete(phase), phase, limits, audience)
  const operator = maySee(audience, "operator")
  const { code, status, title, fix } = denial.cause
  return {
    cause: code,
    status,
    title,
    detail: denial.cause.explain([worded(evidence[0]), ...evidence.slice(1).map(worded)]),
    stage: denial.clause.clause.stage,
    evidence,
    near: nearMisses(denial, audience),
    fix,
    mends: mendings
      .filter((it) => maySee(audience, it.shownTo))
      .slice(0, MOST_MENDS)
      .map((it) => tellMending(it, audience)),
    ...(operator ? { revision: denial.frame.plan.revision, track: trackOf(denial.frame) } : {}),
  }
}

/** One comparison as an audience may be told it. What it may not see is never handed to what words it. */
function tell(it: Evidence, audience: Audience): ToldEvidence {
  const observed = seen(it.observed, audience, it.fact.shownTo)
  const required = isGivenAway(it, audience) ? undefined : seen(it.required, audience, it.requiredShownTo)
  const said = isKnown(it) ? it.relation.say(observed, required) : "it could not be read"
  return {
    fact: it.fact.name,
    said,
    ...(observed === undefined ? {} : { observed }),
    ...(required === undefined ? {} : { required }),
    ...place("at", it.source, audience),
    ...place("observedAt", it.observedSource, audience),
  }
}

/** What was told, as causes word it. */
const worded = ({ fact, said, observed, required }: ToldEvidence): Told => ({
  fact,
  said,
  ...(observed === undefined ? {} : { observed: show(observed) }),
  ...(required === undefined ? {} : { required: show(required) }),
})

/** Where a comparison fails because both sides are the same, telling the one would tell the other. */
function isGivenAway({ observed, required, fact }: Evidence, audience: Audience): boolean {
  return !maySee(audience, fact.shownTo) && same(observed, required)
}

function seen(value: Value | Unknown, audience: Audience, shownTo: Audience): Value | undefined {
  return value === UNKNOWN || !maySee(audience, shownTo) ? undefined : value
}

function place<K extends string>(
  key: K,
  source: Source | undefined,
  audience: Audience,
): { readonly [P in K]?: string } {
  const told: { [P in K]?: string } = {}
  if (source !== undefined && maySee(audience, "operator")) told[key] = lineOf(source)
  return told
}

function tellMending({ changes, unverified }: Mending, audience: Audience): ToldMending {
  return {
    changes: each(changes, (it) => tellChange(it, audience)),
    unverified: unverified.map((it) => it.name),
  }
}

function tellChange(it: Change, audience: Audience): ToldChange {
  const fact = it.kind === "edit" ? it.check.fact : it.fact
  const path = it.at !== undefined && maySee(audience, "operator") ? { path: it.at.path } : {}
  const from = it.from === UNKNOWN ? {} : { from: it.from }
  return { by: it.by, fact: fact.name, kind: it.kind, ...from, to: it.to, ...place("at", it.at, audience), ...path }
}

function nearMisses<W>({ clause, frame }: Denial<W>, audience: Audience): Explanation["near"] {
  return clause.checks
    .filter(({ check }) => maySee(audience, check.fact.shownTo))
    .flatMap(({ slot }) => nearOf(frame, slot))
    .map(({ name, said, source }) => ({ name, said, ...place("at", source, audience) }))
}

const NAMES = ["unread", "held", "failed", "unknown"] as const

/** The clauses of a decided frame and how each came out. Reads the frame; judges nothing again. */
export function trackOf<W>(frame: Frame<W>): readonly Stop[] {
  return frame.track.clauses.map((planned) => ({
    stage: planned.clause.stage,
    cause: planned.clause.cause.code,
    outcome: NAMES[outcomeOf(planned, frame)],
  }))
}
