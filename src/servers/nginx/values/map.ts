import type { Source } from "../../../decision/source.ts"
import { type Pattern, patternOf } from "../../values/pattern.ts"
import type { Directive } from "../syntax/directive.ts"
import { HostNames } from "./host-names.ts"
import { fill, type Template, templateOf, type Values } from "./template.ts"

/** Tries a pattern and keeps what it catches. */
export interface Matcher {
  matches(pattern: Pattern, text: string): boolean
}

/** What a variable is, and the line that says so. */
export interface Found {
  readonly value: string
  readonly at: Source
}

interface Entry {
  readonly value: Template
  readonly directive: Directive
}

/** A variable that depends on another by a table (`map`). */
export class MapVariable {
  readonly directive: Directive
  readonly from: Template
  readonly patterns: readonly (Entry & { readonly pattern: Pattern })[]
  readonly #names = new HostNames<Entry>()
  readonly #otherwise: Entry | undefined
  readonly #isOfHosts: boolean

  constructor(directive: Directive) {
    this.directive = directive
    this.from = templateOf(directive.args[0]?.text ?? "")
    const lines = directive.block ?? []
    this.#isOfHosts = lines.some((it) => it.name === "hostnames" && it.args.length === 0)
    const patterns: (Entry & { readonly pattern: Pattern })[] = []
    for (const line of lines) {
      const value = line.args[0]
      if (value === undefined) continue
      const entry = { value: templateOf(value.text), directive: line }
      if (line.name === "default") this.#otherwise = entry
      else if (line.name.startsWith("~*")) patterns.push({ ...entry, pattern: patternOf(line.name.slice(2), true) })
      else if (line.name.startsWith("~")) patterns.push({ ...entry, pattern: patternOf(line.name.slice(1), false) })
      else {
        const key = line.name.startsWith("\\") ? line.name.slice(1) : line.name
        if (this.#isOfHosts) this.#names.add(key, entry)
        else this.#names.addExact(key, entry)
      }
    }
    this.patterns = patterns
  }

  evaluate(values: Values & Matcher): Found {
    const filled = fill(this.from, values)
    const text = this.#isOfHosts && filled.endsWith(".") ? filled.slice(0, -1) : filled
    const entry = this.#find(text, values) ?? this.#otherwise
    if (entry === undefined) return { value: "", at: this.directive.at }
    return { value: fill(entry.value, values), at: entry.directive.at }
  }

  #find(text: string, matcher: Matcher): Entry | undefined {
    const named = this.#names.find(text.toLowerCase())
    if (named !== undefined || text === "") return named
    return this.patterns.find((it) => matcher.matches(it.pattern, text))
  }
}
