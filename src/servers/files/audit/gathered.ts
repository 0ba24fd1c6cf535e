import { SEVERITIES } from "../../audit/finding.ts"
import { type IdNames, showEntry } from "../entry-text.ts"
import { type Example, type Fault, FINDINGS, type FilesFinding } from "./finding.ts"

const MOST_EXAMPLES = 5

/** Puts faults of one kind together, so that ten thousand files with one fault are one finding. */
export class Gathered {
  readonly #groups = new Map<string, { readonly first: Fault; count: number; readonly examples: Example[] }>()
  readonly #names: IdNames

  constructor(names: IdNames) {
    this.#names = names
  }

  add(fault: Fault): void {
    const key = `${fault.name} ${fault.why}`
    const group = this.#groups.get(key) ?? { first: fault, count: 0, examples: [] }
    group.count++
    if (group.examples.length < MOST_EXAMPLES) group.examples.push(this.#exampleOf(fault))
    this.#groups.set(key, group)
  }

  /** Worst first, then the most frequent. */
  findings(): readonly FilesFinding[] {
    return Array.from(this.#groups.values(), ({ first: { name, why }, count, examples }): FilesFinding => {
      return { name, severity: FINDINGS[name], why, count, examples }
    }).sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.count - a.count)
  }

  #exampleOf({ path, entry, change }: Fault): Example {
    const { does, written } = change ?? {}
    return {
      path,
      mode: showEntry(entry, this.#names),
      change: does === undefined || written === undefined ? null : { does, written },
    }
  }
}
