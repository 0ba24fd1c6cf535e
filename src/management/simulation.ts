import { type Explanation, explain } from "../decision/explain.ts"
import type { Plan } from "../decision/plan.ts"
import { simulate } from "../decision/simulate.ts"
import type { Source } from "../decision/source.ts"
import type { Value } from "../decision/value.ts"

/** A request of which only some is known. */
export interface Question {
  readonly method?: string
  readonly path?: string
  readonly host?: string
  readonly address?: string
  /** Bytes. */
  readonly length?: number
  readonly model?: string
  /** Undefined: not known who asks; null: without a key. */
  readonly key?: QuestionKey | null
}
export interface QuestionKey {
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
}

/** Would this pass? Asks the plan, forwards nothing and spends nothing. */
export function answer<W>(plan: Plan<W>, question: Question): Answer {
  const places = new Map<string, Source>()
  if (question.key) places.set("key.scopes", question.key.source)
  const simulation = simulate(plan, knownOf(question), places)
  switch (simulation.kind) {
    case "permit":
      return { verdict: "permit", blockers: [], unknown: [] }
    case "undetermined":
      return { verdict: "undetermined", blockers: [], unknown: simulation.needs.map(({ name }) => name) }
    case "deny":
      return {
        verdict: "deny",
        blockers: simulation.blockers.map((it) => explain(it, "operator")),
        unknown: simulation.needs.map(({ name }) => name),
      }
  }
}

function knownOf({ method, path, host, address, length, model, key }: Question): ReadonlyMap<string, Value> {
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
  if (model !== undefined) for (const [name, value] of modelFacts(model)) known.set(name, value)
  if (key === undefined) return known
  put("key.place", key === null ? null : "X-API-Key")
  put("key.status", key?.status ?? "unknown")
  put("key.scopes", key?.scopes ?? [])
  put("key.name", key?.name)
  return known
}

const modelFacts = (model: string): readonly (readonly [string, Value])[] => [
  ["model.name", model],
  ["model.body", "a JSON object"],
  ["model.length", 0],
]
