import type { Denial } from "../decision/decide.ts"
import { type Explanation, explain } from "../decision/explain.ts"
import { type Frame, OUTCOME } from "../decision/frame.ts"
import type { MendLimits } from "../decision/mend.ts"
import type { Audience } from "../decision/party.ts"
import type { PlannedClause, Track } from "../decision/plan.ts"
import type { Phase } from "../decision/stage.ts"
import { survey } from "../decision/survey.ts"
import { isList } from "../decision/value.ts"
import type { World } from "../facts/world.ts"

/** A refusal in passing may look for mends, but not for long: it has to stay cheaper than a forwarded request. */
const IN_PASSING: MendLimits = { changes: 3, frames: 48 }
/** Refusals remembered per track, and names too long to be worth it. */
const REMEMBERED = 256
const LONGEST_NAME = 512
/** Refusals remembered on all tracks together: a plan may have thousands, and callers choose which they fill. */
const REMEMBERED_IN_ALL = 4096

/** A refusal in words, with the body it is told in, apart where the decision's id goes. */
export interface ToldRefusal {
  readonly explanation: Explanation
  body(decision: string): string
}

type Wording = (explanation: Explanation, decision: string) => string

/** What is remembered of one track. */
interface Memory {
  readonly told: Map<string, ToldRefusal>
  /** By how the clauses came out: the slots an explanation then depends on; undefined for all of them. */
  readonly slots: Map<string, readonly number[] | undefined>
}

/**
 * Explains refusals of one plan, and remembers the last ones.
 *
 * An explanation is a function of the audience and of what the frame holds. Of that it needs only how each clause came out
 * and the facts of those that did not hold, with the facts of clauses that share one with them: a mend changes no others. So
 * whoever is refused the same way is told the same, mends included, without another search, whatever path and count the
 * request came with. Operators are also told where values are written, which is no value; theirs are not remembered.
 */
export class Explained {
  readonly #memories = new Map<Track<World>, Memory>()
  #count = 0
  /** Stands for the id in remembered bodies. Random, so that no request can contain it. */
  readonly #mark: string = crypto.randomUUID()

  of(denial: Denial<World>, audience: Audience, phase: Phase, wording: Wording): ToldRefusal {
    const name = audience === "operator" ? undefined : this.#name(denial, audience, phase)
    if (name === undefined) return this.#tell(denial, audience, phase, wording)
    const { told } = this.#memory(denial.frame.track)
    const known = told.get(name)
    if (known !== undefined) return known
    const fresh = this.#tell(denial, audience, phase, wording)
    if (told.size >= REMEMBERED) this.#forget(told)
    if (this.#count >= REMEMBERED_IN_ALL) for (const memory of this.#memories.values()) this.#forget(memory.told)
    told.set(name, fresh)
    this.#count++
    return fresh
  }

  /** Text that two refusals share only when they are told alike; undefined where that depends on too much. */
  #name({ frame, clause }: Denial<World>, audience: Audience, phase: Phase): string | undefined {
    const judged = survey(frame.complete(phase), phase)
    if (judged === undefined) return undefined
    let shape = `${audience} ${phase} ${clause.checks[0]?.at} `
    for (const { outcome } of judged) shape += outcome
    const { slots } = this.#memory(frame.track)
    if (!slots.has(shape)) {
      const broken = judged.filter(({ outcome }) => outcome !== OUTCOME.held).map(({ planned }) => planned)
      slots.set(shape, dependencies(frame, broken))
    }
    const needed = slots.get(shape)
    if (needed === undefined) return undefined
    let name = shape
    for (const slot of needed) name += frame.isFilled(slot) ? spelled(frame.value(slot)) : "\n-"
    return name.length > LONGEST_NAME ? undefined : name
  }

  #forget(told: Memory["told"]): void {
    this.#count -= told.size
    told.clear()
  }

  #memory(track: Track<World>): Memory {
    const known = this.#memories.get(track)
    if (known !== undefined) return known
    const memory: Memory = { told: new Map(), slots: new Map() }
    this.#memories.set(track, memory)
    return memory
  }

  #tell(denial: Denial<World>, audience: Audience, phase: Phase, wording: Wording): ToldRefusal {
    const explanation = explain(denial, audience, phase, IN_PASSING)
    const parts = wording(explanation, this.#mark).split(this.#mark)
    return { explanation, body: (decision) => parts.join(decision) }
  }
}

/**
 * The slots that an explanation of these broken clauses depends on. Undefined where a mend could change the track, or what is
 * computed from other facts: then everything may matter.
 */
function dependencies(
  { track, plan }: Frame<World>,
  broken: readonly PlannedClause<World>[],
): readonly number[] | undefined {
  const slots = new Set(broken.flatMap(slotsOf))
  for (let before = -1; before !== slots.size; ) {
    before = slots.size
    for (const clause of track.clauses) {
      const own = slotsOf(clause)
      if (own.some((it) => slots.has(it))) for (const it of own) slots.add(it)
    }
  }
  for (const slot of slots)
    if (slot < plan.prelude.facts.length || track.facts[slot]?.from.length !== 0) return undefined
  return [...slots]
}

const slotsOf = ({ checks }: PlannedClause<World>): readonly number[] =>
  checks.flatMap(({ slot, requiredSlot }) => (requiredSlot < 0 ? [slot] : [slot, requiredSlot]))

function spelled(value: ReturnType<Frame<World>["value"]>): string {
  if (typeof value === "string") return `\n"${value.length}:${value}`
  if (isList(value)) return `\n[${value.length}${value.map(spelled).join("")}`
  return typeof value === "symbol" ? "\n?" : `\n${value}`
}
