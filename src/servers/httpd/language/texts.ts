/** Where the texts of a configuration come from: what a person gave, or a live file system. */
export interface Texts {
  /** Undefined where nobody gave it. */
  read(path: string): string | undefined
  /** Names of the files and directories in a directory; undefined where they are not known. */
  names(path: string): readonly string[] | undefined
}

/** Texts by their path. A directory's names are those of the paths below it. */
export class GivenTexts implements Texts {
  readonly #texts: ReadonlyMap<string, string>
  #names: Map<string, Set<string>> | undefined

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts
  }

  read(path: string): string | undefined {
    return this.#texts.get(path)
  }

  names(path: string): readonly string[] | undefined {
    this.#names ??= this.#listed()
    const names = this.#names.get(path)
    return names === undefined ? undefined : [...names]
  }

  #listed(): Map<string, Set<string>> {
    const listed = new Map<string, Set<string>>()
    for (const path of this.#texts.keys()) {
      let at = path.lastIndexOf("/")
      let end = path.length
      while (at >= 0) {
        const directory = at === 0 ? "/" : path.slice(0, at)
        const names = listed.get(directory) ?? new Set()
        listed.set(directory, names)
        const isKnown = names.size > 0
        names.add(path.slice(at + 1, end))
        if (at === 0 || (isKnown && end !== path.length)) break
        end = at
        at = path.lastIndexOf("/", at - 1)
      }
    }
    return listed
  }
}
