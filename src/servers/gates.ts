import type { Clause } from "../decision/check.ts"
import { decide, type Verdict } from "../decision/decide.ts"
import { readFact } from "../decision/fact.ts"
import { Frame } from "../decision/frame.ts"
import { type Plan, plan } from "../decision/plan.ts"

/** Judges a way by the gates on it, in their order. One plan is made for each list of gates and kept as long as the list. */
export class Gates<W extends object> {
  readonly #plans = new WeakMap<readonly Clause<W>[], Plan<W>>()
  readonly #way = readFact<string, W>({
    name: "server.way",
    since: "wire",
    party: "nobody",
    shownTo: "operator",
    read: () => "way",
  })

  /** A permit, or a denial that holds the first gate that failed. Gates must be in the order of their stages. */
  decide(gates: readonly Clause<W>[], world: W): Verdict<W> {
    return decide(new Frame(this.#planOf(gates), world))
  }

  #planOf(gates: readonly Clause<W>[]): Plan<W> {
    const known = this.#plans.get(gates)
    if (known !== undefined) return known
    const made = plan({ revision: "server", selector: this.#way, tracks: new Map([["way", gates]]) })
    this.#plans.set(gates, made)
    return made
  }
}
