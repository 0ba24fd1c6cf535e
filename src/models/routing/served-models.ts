import type { Dialect } from "../codec.ts"
import { ENDPOINTS, type Wanted } from "../endpoints.ts"
import type { ListedModel } from "../listing/listed-model.ts"
import type { ServedModel, Target } from "./target.ts"
import { wayTo } from "./way.ts"

/** Names that patterns stood for, of which is remembered what they mean. */
const MOST_NAMES = 1000

/** The models a plan serves, found by the name callers use. */
export class ServedModels {
  /** As configured, aliases included, in the order written; patterns end in `*`. */
  readonly names: readonly string[]
  #listed: readonly ListedModel[] | undefined
  /** What patterns stood for so far, by name. */
  readonly #closedBy = new Map<string, ServedModel>()
  readonly #exact = new Map<string, ServedModel>()
  /** By what stands before `*`, longest first: the closest pattern is meant. */
  readonly #open: (readonly [start: string, model: ServedModel])[] = []

  constructor(entries: readonly (readonly [name: string, model: ServedModel])[]) {
    this.names = entries.map(([name]) => name)
    for (const [name, model] of entries) {
      if (name.endsWith("*")) this.#open.push([name.slice(0, -1), model])
      else this.#exact.set(name, model)
    }
    this.#open.sort(([a], [b]) => b.length - a.length)
  }

  /** By a pattern, its targets are those of the model that is meant, with its price. */
  find(name: string): ServedModel | undefined {
    const found = this.#meant(name)
    return found?.name.endsWith("*") === true ? this.#closed(name, found) : found
  }

  #meant(name: string): ServedModel | undefined {
    return this.#exact.get(name) ?? this.#open.find(([start]) => name.startsWith(start))?.[1]
  }

  #closed(name: string, open: ServedModel): ServedModel {
    const known = this.#closedBy.get(name)
    if (known !== undefined) return known
    // Callers make up as many names as they like.
    if (this.#closedBy.size >= MOST_NAMES) this.#closedBy.clear()
    const targets = open.targets.map((it) => {
      const info = it.infoOf?.(modelAt(it, open, name))
      return info === undefined ? it : { ...it, info }
    })
    const closed = { ...open, targets }
    this.#closedBy.set(name, closed)
    return closed
  }

  /** Names of the models that have a target for it, in the order written. */
  offering(operation: Wanted["operation"], dialect: Dialect): readonly string[] {
    return this.names.filter((it) => isOffered(this.#named(it), operation, dialect))
  }

  /** Names of the models that have a target for something, in the order written. */
  get callable(): readonly string[] {
    const asked = ENDPOINTS.flatMap(({ operation, dialect }) =>
      operation === undefined ? [] : [{ operation, dialect }],
    )
    return this.names.filter((it) =>
      asked.some(({ operation, dialect }) => isOffered(this.#named(it), operation, dialect)),
    )
  }

  /** Whether the model of a name that a caller uses has a target for it. */
  offers(name: string, operation: Wanted["operation"], dialect: Dialect): boolean {
    return isOffered(this.find(name), operation, dialect)
  }

  /** Every model by each of its names. Of a pattern, the models its providers are known to have. */
  listed(): readonly ListedModel[] {
    this.#listed ??= this.names.flatMap((name) => {
      const model = this.#named(name)
      if (model === undefined) return []
      return name.endsWith("*") ? this.#known(name, model) : [{ id: name, info: model.targets[0]?.info }]
    })
    return this.#listed
  }

  /** Names that a pattern stands for, as far as the catalogue knows them and no closer name is meant. */
  #known(name: string, model: ServedModel): readonly ListedModel[] {
    const start = name.slice(0, -1)
    const ids = new Map<string, ListedModel>()
    for (const target of model.targets)
      for (const info of target.known) {
        const [before = "", after = ""] = target.model.split("*")
        if (!info.id.startsWith(before) || !info.id.endsWith(after)) continue
        const id = start + info.id.slice(before.length, info.id.length - after.length)
        if (this.#meant(id) === model && !ids.has(id)) ids.set(id, { id, info })
      }
    return [...ids.values()]
  }

  /** By the name as it is written, `*` and all. */
  #named(name: string): ServedModel | undefined {
    return name.endsWith("*") ? this.#open.find(([start]) => `${start}*` === name)?.[1] : this.#exact.get(name)
  }
}

const isOffered = (model: ServedModel | undefined, operation: Wanted["operation"], dialect: Dialect): boolean =>
  model?.targets.some(
    (it) => wayTo(it, { operation, dialect, stream: false, framing: "sse", anew: false }) !== undefined,
  ) ?? false

/** The provider's name of the model for a call by this name: in `*`, what `*` of the served name stands for. */
export function modelAt({ model }: Target, { name }: ServedModel, asked: string): string {
  if (!model.includes("*")) return model
  const rest = name.endsWith("*") && asked.startsWith(name.slice(0, -1)) ? asked.slice(name.length - 1) : asked
  return model.replace("*", () => rest)
}
