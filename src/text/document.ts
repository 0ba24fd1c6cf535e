import type { Source } from "../decision/source.ts"
import type { ConfigFault } from "./fault.ts"
import { type Environment, type Filled, fill } from "./fill.ts"
import { located, type Parsed, parse } from "./parse.ts"
import type { Path } from "./path.ts"
import { childOf, type Entry, type Spot } from "./tree.ts"

/** A configuration file as read: its value and, for every place in it, where that is written. */
export interface Document {
  readonly file: string
  /** Plain objects, lists, strings, numbers, booleans, null; undefined where the text holds nothing. */
  readonly value: unknown
  readonly faults: readonly ConfigFault[]
  /** All values taken from the environment (not defaults), longest first, for whoever has to keep them out of a text. */
  readonly secrets: readonly string[]
  /** Where the value at `path` is written; of the nearest existing ancestor where there is none, with the full path. */
  sourceAt(path: Path): Source
  /** The same of the key that holds the value; of the value itself in a list and at the top. */
  keySourceAt(path: Path): Source
  /** The scalar as the file writes it, `${…}` and all, without its quotation marks; undefined for anything else. */
  textAt(path: Path): string | undefined
  /** Whether the value, or any inside it, has text from the environment: it may be a secret. */
  isInterpolated(path: Path): boolean
}

/** Reads YAML; every fault of syntax and every variable that is not set is found at once, and none throws. */
export function readDocument(text: string, file: string, env: Environment): Document {
  const parsed = parse(text, file)
  const filled: Filled =
    parsed.root === undefined
      ? { value: undefined, flaws: [], interpolated: new Set(), secrets: [] }
      : fill(parsed.root, parsed.masked, env)
  return new ReadDocument(parsed, filled)
}

class ReadDocument implements Document {
  readonly value: unknown
  readonly faults: readonly ConfigFault[]
  readonly secrets: readonly string[]
  readonly #parsed: Parsed
  readonly #interpolated: ReadonlySet<Spot>

  constructor(parsed: Parsed, { value, flaws, interpolated, secrets }: Filled) {
    this.value = value
    this.faults = [...parsed.faults, ...flaws.map((flaw) => located(flaw, parsed.lines))]
    this.secrets = secrets
    this.#parsed = parsed
    this.#interpolated = interpolated
  }

  get file(): string {
    return this.#parsed.lines.file
  }

  sourceAt(path: Path): Source {
    return this.#parsed.lines.source(this.#nearest(path)?.value.start ?? 0, path)
  }

  keySourceAt(path: Path): Source {
    return this.#parsed.lines.source(this.#nearest(path)?.key.start ?? 0, path)
  }

  textAt(path: Path): string | undefined {
    const spot = this.#exact(path)
    if (spot?.shape !== "scalar") return undefined
    const written = this.#parsed.masked.original.slice(spot.start, spot.end)
    return spot.style === "quoted" ? written.slice(1, -1) : written
  }

  isInterpolated(path: Path): boolean {
    const spot = this.#exact(path)
    return spot !== undefined && this.#interpolated.size > 0 && holds(spot, this.#interpolated)
  }

  #nearest(path: Path): Entry | undefined {
    const { root } = this.#parsed
    let entry: Entry | undefined = root && { key: root, value: root }
    for (const part of path) {
      const next: Entry | undefined = entry && childOf(entry.value, part)
      if (next === undefined) break
      entry = next
    }
    return entry
  }

  #exact(path: Path): Spot | undefined {
    let spot = this.#parsed.root
    for (const part of path) spot = spot && childOf(spot, part)?.value
    return spot?.shape === "alias" ? spot.target : spot
  }
}

function holds(spot: Spot, wanted: ReadonlySet<Spot>): boolean {
  switch (spot.shape) {
    case "scalar":
      return wanted.has(spot)
    case "alias":
      return holds(spot.target, wanted)
    case "list":
      return spot.items.some((item) => holds(item, wanted))
    case "map":
      return Array.from(spot.entries.values()).some(({ value }) => holds(value, wanted))
  }
}
