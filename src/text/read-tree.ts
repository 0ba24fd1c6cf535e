import { isAlias, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap, type YAMLSeq } from "yaml"
import { Aliases } from "./aliases.ts"
import { closest } from "./closest.ts"
import type { Composed } from "./compose.ts"
import type { Flaw, Range } from "./flaw.ts"
import { readKey } from "./key.ts"
import { MOST_ALIASED } from "./limits.ts"
import { type Masked, referencesWithin } from "./mask.ts"
import type { Path } from "./path.ts"
import { type Entry, emptySpot, endOf, type Properties, type Spot } from "./tree.ts"

export interface Tree {
  readonly root: Spot | undefined
  readonly flaws: readonly Flaw[]
}

/** Our own tree, because YAML allows more than a configuration may hold, and an edit needs exact ranges. */
export function readTree(contents: Composed["contents"], masked: Masked, lineAt: (offset: number) => number): Tree {
  const reader = new TreeReader(masked, lineAt)
  return { root: contents === null ? undefined : reader.read(contents, [], undefined), flaws: reader.flaws }
}

class TreeReader {
  readonly flaws: Flaw[] = []
  readonly #masked: Masked
  readonly #lineAt: (offset: number) => number
  readonly #aliases = new Aliases()

  constructor(masked: Masked, lineAt: (offset: number) => number) {
    this.#masked = masked
    this.#lineAt = lineAt
  }

  read(node: ParsedNode, path: Path, indicatorEnd: number | undefined): Spot {
    const isAnchored = !isAlias(node) && node.anchor !== undefined
    const properties = { indicatorEnd, isAnchored, isTagged: node.tag !== undefined }
    if (isAlias(node)) return this.#alias(node.source, rangeOf(node), path, properties)
    this.#aliases.open(node.anchor)
    const spot = isScalar(node)
      ? this.#scalar(node, properties)
      : isSeq(node)
        ? this.#list(node, path, properties)
        : this.#map(node, path, properties)
    this.#aliases.close(node.anchor, spot)
    return spot
  }

  #scalar(node: Scalar.Parsed, properties: Properties): Spot {
    const { start, end } = rangeOf(node)
    if (start === end && node.type === "PLAIN") return emptySpot(properties.indicatorEnd ?? start, properties)
    const style = node.type === "PLAIN" ? "plain" : node.type?.startsWith("BLOCK_") ? "block" : "quoted"
    const { text } = this.#masked
    // The comment on the line of `|` is no part of the value; nor are line breaks after it, which an edit leaves.
    const from = style === "block" ? text.indexOf("\n", start) + 1 || end : start
    const to = style === "block" ? start + text.slice(start, end).trimEnd().length : end
    const references = referencesWithin(this.#masked, from, end)
    return { ...properties, shape: "scalar", style, start, end: to, value: plain(node.value), references }
  }

  #list(node: YAMLSeq.Parsed, path: Path, properties: Properties): Spot {
    const range = rangeOf(node)
    const source = node.srcToken
    const dashes = source?.type === "block-seq" ? source.items : []
    const items = node.items.map((item, at) => {
      const dash = dashes[at]?.start.find(({ type }) => type === "seq-item-ind")
      return this.read(item, [...path, at], dash && dash.offset + 1)
    })
    const isFlow = node.flow === true
    const end = isFlow ? range.end : endOf(range.start + 1, items)
    return { ...properties, shape: "list", isFlow, start: range.start, end, items }
  }

  #map(node: YAMLMap.Parsed, path: Path, properties: Properties): Spot {
    const range = rangeOf(node)
    const entries = new Map<string, Entry>()
    for (const pair of node.items) {
      const key = readKey(pair.key, this.#masked)
      const at = key.name === undefined ? path : [...path, key.name]
      for (const words of key.flaws) this.flaws.push({ severity: "error", ...words, path })
      const colon = pair.srcToken?.sep?.find(({ type }) => type === "map-value-ind")
      const colonEnd = colon && colon.offset + 1
      const properties = { indicatorEnd: colonEnd, isAnchored: false, isTagged: false }
      const value =
        pair.value === null ? emptySpot(colonEnd ?? key.end, properties) : this.read(pair.value, at, colonEnd)
      this.#enter(entries, key.name, { key: { start: key.start, end: key.end }, value }, path)
    }
    const isFlow = node.flow === true
    const values = Array.from(entries.values(), ({ value }) => value)
    return {
      ...properties,
      shape: "map",
      isFlow,
      start: range.start,
      end: isFlow ? range.end : endOf(range.start, values),
      entries,
    }
  }

  #enter(entries: Map<string, Entry>, name: string | undefined, entry: Entry, path: Path): void {
    if (name === undefined) return
    const first = entries.get(name)
    if (first === undefined) {
      entries.set(name, entry)
      return
    }
    const hint = `it is first written on line ${this.#lineAt(first.key.start)}; only one of them can hold`
    const message = `the key ${JSON.stringify(name)} is written twice`
    this.flaws.push({ severity: "error", offset: entry.key.start, message, hint, path: [...path, name] })
  }

  #alias(name: string, range: Range, path: Path, properties: Properties): Spot {
    const target = this.#aliases.resolve(name)
    if (typeof target !== "string") return { ...properties, ...range, shape: "alias", target }
    const near = closest(name, this.#aliases.names)
    if (target === "and more") return emptySpot(range.start, properties)
    const words = {
      cycle: { message: `the alias *${name} stands inside what it repeats` },
      "too many": {
        message: "aliases make this file too large",
        expected: `at most ${MOST_ALIASED} values from aliases`,
      },
      unknown: {
        message: `the alias *${name} repeats nothing`,
        expected: `an anchor &${name} earlier in the file`,
        hint: near === undefined ? 'a value that begins with "*" stands in quotation marks' : `did you mean *${near}?`,
      },
    }[target]
    this.flaws.push({ severity: "error", offset: range.start, ...words, path })
    return emptySpot(range.start, properties)
  }
}

function rangeOf({ range: [start, end] }: ParsedNode): Range {
  return { start, end }
}

function plain(value: unknown): string | number | boolean | null {
  return typeof value === "number" || typeof value === "boolean" || value === null ? value : String(value)
}
