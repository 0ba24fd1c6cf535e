import type { Denial } from "../decision/decide.ts"
import { type Explanation, explain } from "../decision/explain.ts"
import type { Frame } from "../decision/frame.ts"
import type { MendLimits } from "../decision/mend.ts"
import type { Audience } from "../decision/party.ts"
import type { Phase } from "../decision/stage.ts"
import { isList } from "../decision/value.ts"
import type { World } from "../facts/world.ts"

/** A refusal in passing may look for mends, but not for long: it has to stay cheaper than a forwarded request. */
const IN_PASSING: MendLimits = { changes: 3, frames: 48 }
/** Refusals remembered, and values too long to be worth it. */
const REMEMBERED = 512
const LONGEST_KEY = 1024

/** A refusal in words, with the body it is told in, apart where the decision's id goes. */
export interface ToldRefusal {
  readonly explanation: Explanation
  body(decision: string): string
}

type Wording = (explanation: Explanation, decision: string) => string

/**
 * Explains refusals of one plan, and remembers the last ones.
 *
 * An explanation is a function of the plan, the audience and the values the frame holds, so the same values have the same
 * explanation: whoever repeats a refused request is told the same, mends included, without another search. Operators are
 * also told where values are written, which is no value of the frame; theirs are not remembered.
 */
export class Explained {
  readonly #told = new Map<string, ToldRefusal>()
  /** Stands for the id in remembered bodies. Random, so that no request can contain it. */
  readonly #mark: string = crypto.randomUUID()

  of(denial: Denial<World>, audience: Audience, phase: Phase, wording: Wording): ToldRefusal {
    if (audience === "operator") return this.#tell(denial, audience, phase, wording)
    const key = `${audience} ${phase} ${denial.clause.checks[0]?.at} ${valuesOf(denial.frame.complete(phase))}`
    if (key.length > LONGEST_KEY) return this.#tell(denial, audience, phase, wording)
    const known = this.#told.get(key)
    if (known !== undefined) return known
    const told = this.#tell(denial, audience, phase, wording)
    if (this.#told.size >= REMEMBERED) this.#told.clear()
    this.#told.set(key, told)
    return told
  }

  #tell(denial: Denial<World>, audience: Audience, phase: Phase, wording: Wording): ToldRefusal {
    const explanation = explain(denial, audience, phase, IN_PASSING)
    const parts = wording(explanation, this.#mark).split(this.#mark)
    return { explanation, body: (decision) => parts.join(decision) }
  }
}

/** All a frame holds, as text that two frames share only when they hold the same. */
function valuesOf(frame: Frame<World>): string {
  let text = ""
  for (let slot = 0; slot < frame.track.facts.length; slot++)
    text += frame.isFilled(slot) ? spelled(frame.value(slot)) : "\n-"
  return text
}

function spelled(value: ReturnType<Frame<World>["value"]>): string {
  if (typeof value === "string") return `\n"${value.length}:${value}`
  if (isList(value)) return `\n[${value.length}${value.map(spelled).join("")}`
  return typeof value === "symbol" ? "\n?" : `\n${value}`
}
