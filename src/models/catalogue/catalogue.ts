import { readFileSync } from "node:fs"
import { type Capability, familyOf } from "./capabilities.ts"
import { matches, type NameMatch, withDashedDate } from "./name-match.ts"
import type { DatedPrice } from "./price.ts"

/** What is known of a model as one provider serves it. */
export interface ModelInfo {
  /** The catalogue's name of it, which can stand for several (`gpt-4o` for `gpt-4o-2024-08-06`). */
  readonly id: string
  readonly provider: string
  readonly title?: string
  /** Tokens of input and output together. */
  readonly context?: number
  /** Tokens of output at most. */
  readonly output?: number
  readonly capabilities: readonly Capability[]
  /** None where the price is not known. See `priceAt`. */
  readonly prices: readonly DatedPrice[]
  readonly deprecated?: true
}

/** One model as `catalogue.gen.txt` has it. */
export interface CatalogueRow {
  readonly id: string
  readonly title?: string
  readonly context?: number
  readonly deprecated?: true
  readonly match: NameMatch
  readonly prices: readonly DatedPrice[]
}

interface Section {
  /** Providers whose models are looked through where this has none of the name. */
  readonly also: readonly string[]
  readonly rows: readonly CatalogueRow[]
}

/**
 * Looks models up in `catalogue.gen.txt`, which has a line for each provider. A line is read when a model of it is asked
 * for; make one for building a plan, and let it go with it.
 */
export class Catalogue {
  readonly #lines: ReadonlyMap<string, string>
  readonly #sections = new Map<string, Section>()

  constructor(text = readFileSync(new URL("./catalogue.gen.txt", import.meta.url), "latin1")) {
    this.#lines = new Map(text.split("\n").map((line) => [line.slice(0, line.indexOf("\t")), line]))
  }

  /**
   * What is known of a model. `prices`: whose prices hold (`Provider.prices`). Undefined where nothing is known; a model
   * without an entry but of a known family has its capabilities and no price.
   */
  find(provider: string, prices: string | undefined, model: string): ModelInfo | undefined {
    const name = model.toLowerCase().trim()
    const row = prices === undefined ? undefined : (this.#row(prices, name) ?? this.#dated(prices, name))
    const family = familyOf(name) ?? (row && familyOf(row.id))
    if (row === undefined && family === undefined) return undefined
    const { id = model, title, context, deprecated, prices: dated = [] } = row ?? {}
    return {
      id,
      provider,
      ...(title && { title }),
      ...(context && { context }),
      ...(family?.output && { output: context ? Math.min(family.output, context) : family.output }),
      capabilities: family?.capabilities ?? [],
      prices: dated,
      ...(deprecated && { deprecated }),
    }
  }

  /** Every entry of whose prices hold; for pages and lists. */
  rowsOf(prices: string): readonly CatalogueRow[] {
    return this.#section(prices)?.rows ?? []
  }

  #dated(prices: string, name: string): CatalogueRow | undefined {
    const dashed = withDashedDate(name)
    return dashed === name ? undefined : this.#row(prices, dashed)
  }

  #row(prices: string, name: string): CatalogueRow | undefined {
    const section = this.#section(prices)
    const found = section?.rows.find((it) => matches(it.match, name))
    if (found !== undefined || section === undefined) return found
    for (const other of section.also) {
      const row = this.#row(other, name)
      if (row !== undefined) return row
    }
    return undefined
  }

  #section(prices: string): Section | undefined {
    const known = this.#sections.get(prices)
    const line = this.#lines.get(prices)
    if (known !== undefined || line === undefined) return known
    const section: Section = JSON.parse(line.slice(line.indexOf("\t") + 1))
    this.#sections.set(prices, section)
    return section
  }
}
