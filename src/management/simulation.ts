import type { Denial } from "../decision/decide.ts"
import { type Explanation, explain } from "../decision/explain.ts"
import type { Plan } from "../decision/plan.ts"
import { type Simulation, simulate } from "../decision/simulate.ts"
import type { Source } from "../decision/source.ts"
import type { NonEmpty, Value } from "../decision/value.ts"
import { type KnownLimit, knownLimits, unlimitedModel } from "../facts/known-limits.ts"
import type { Groups, Membership, ModelLimits } from "../ports/model-limits.ts"
import { assumedIn } from "./assumptions.ts"
import { modelFacts, modelQuestion } from "./model-question.ts"

/** A request of which only some is known. */
export interface Question {
  readonly method?: string
  readonly path?: string
  readonly host?: string
  readonly address?: string
  /** Bytes. */
  readonly length?: number
  /** What is asked for of models; without a path, for a chat. */
  readonly model?: string
  /** Undefined: not known who asks; null: without a key. */
  readonly key?: QuestionKey | null
}
export interface QuestionKey extends Membership {
  readonly limits?: ModelLimits | undefined
  readonly name: string
  readonly scopes: readonly string[]
  readonly status: string
  readonly source: Source
}

export interface Answer {
  readonly verdict: "permit" | "deny" | "undetermined"
  /** Every clause that would refuse, in the order a request would meet them. */
  readonly blockers: readonly Explanation[]
  /** Facts that were not told and may refuse the request still. */
  readonly unknown: readonly string[]
  /** Facts taken to be as they are for a first request with a harmless text: nothing is counted by asking, and nothing is said. */
  readonly assumed: readonly string[]
}

/** Would this pass? Asks the plan, forwards nothing and spends nothing. `groups`: those the key may be of. */
export function answer<W>(plan: Plan<W>, asked: Question, groups: Groups): Answer {
  const question = modelQuestion(asked)
  const places = new Map<string, Source>()
  if (question.key) places.set("key.scopes", question.key.source)
  const known = knownOf(question)
  for (const { fact, value, source } of limitsKnown(question, groups)) {
    known.set(fact, value)
    if (source !== undefined) places.set(fact, source)
  }
  const told = simulate(plan, known, places)
  const assumed = assumedIn(told)
  for (const { fact, value } of assumed) known.set(fact, value)
  const simulation = assumed.length === 0 ? told : simulate(plan, known, places)
  return {
    verdict: simulation.kind,
    blockers: simulation.kind === "deny" ? ownReasons(simulation.blockers).map((it) => explain(it, "operator")) : [],
    unknown: simulation.kind === "permit" ? [] : simulation.needs.map(({ name }) => name),
    assumed: assumed
      .filter(({ fact, worst }) => {
        const other = worst === undefined ? undefined : simulate(plan, new Map([...known, [fact, worst]]), places)
        return other === undefined || blockersOf(other) !== blockersOf(simulation)
      })
      .map(({ fact }) => fact),
  }
}

/** An assumption that changes nothing, as there is no limit, is none. */
const blockersOf = <W>(simulation: Simulation<W>): number =>
  simulation.kind === "deny" ? simulation.blockers.length : 0

const limitsKnown = ({ key, model }: Question, groups: Groups): readonly KnownLimit[] => [
  ...(key === undefined || key === null ? [] : knownLimits(key, groups)),
  ...(model === undefined ? [] : unlimitedModel()),
]

/** Where there is no route for a path, that none takes the method is no second reason. */
function ownReasons<W>([first, ...rest]: NonEmpty<Denial<W>>): readonly Denial<W>[] {
  const isRoute = (it: Denial<W>): boolean => it.clause.clause.stage === "route"
  return [first, ...rest.filter((it) => !(isRoute(first) && isRoute(it)))]
}

function knownOf(question: Question): Map<string, Value> {
  const { method, path, host, address, length, key } = question
  const known = new Map<string, Value>([
    ["wire.fault", "none"],
    ["wire.seen", ""],
  ])
  const put = (name: string, value: Value | undefined): void => {
    if (value !== undefined) known.set(name, value)
  }
  put("request.method", method)
  put("request.path", path)
  put("request.host", host ?? "")
  put("client.address", address)
  put("body.length", length)
  for (const [name, value] of modelFacts(question)) known.set(name, value)
  if (key === undefined) return known
  put("key.place", key === null ? null : "X-API-Key")
  // Without a key there is nothing to know of it, and nothing in it to blame.
  put("key.status", key?.status)
  put("key.scopes", key?.scopes)
  return known
}
