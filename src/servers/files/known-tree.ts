import { nameOf, parentOf } from "./path.ts"
import type { Entry, FileTree } from "./tree.ts"

/** A file system as far as somebody told of it: some entries, and directories of which all names are known. */
export class KnownTree implements FileTree {
  readonly protectsLinks?: boolean
  readonly #entries: ReadonlyMap<string, Entry>
  readonly #complete: ReadonlySet<string>
  /** What was last asked for and is no entry. */
  #last: { readonly path: string; readonly answer: "absent" | "unknown" } | undefined
  #names: ReadonlyMap<string, readonly string[]> | undefined

  /** `complete`: directories in which nothing else is than what is among the entries. */
  constructor(entries: ReadonlyMap<string, Entry>, complete: ReadonlySet<string>, protectsLinks?: boolean) {
    this.#entries = entries
    this.#complete = complete
    if (protectsLinks !== undefined) this.protectsLinks = protectsLinks
  }

  at(path: string): Entry | "absent" | "unknown" {
    const known = this.#entries.get(path)
    if (known !== undefined) return known
    const answer = this.#beside(path)
    this.#last = { path, answer }
    return answer
  }

  /** The nearest above that anything is known of decides; a name is missing where it should be listed. */
  #beside(path: string): "absent" | "unknown" {
    for (let below = path, above = parentOf(path); below !== above; below = above, above = parentOf(above)) {
      if (this.#complete.has(above)) return "absent"
      const entry = this.#entries.get(above)
      if (entry !== undefined) return entry.kind === "file" || entry.kind === "other" ? "absent" : "unknown"
      // A walk asks from above to below; without this a long path into the unknown would be climbed again at each step.
      if (this.#last?.path === above) return this.#last.answer
    }
    return "unknown"
  }

  names(path: string): readonly string[] | "unknown" {
    if (!this.#complete.has(path)) return "unknown"
    this.#names ??= namesIn(this.#entries.keys())
    return this.#names.get(path) ?? []
  }
}

function namesIn(paths: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>()
  for (const path of paths) {
    if (path === "/") continue
    const parent = parentOf(path)
    const name = nameOf(path)
    const found = names.get(parent)
    if (found === undefined) names.set(parent, [name])
    else found.push(name)
  }
  return names
}
