/** A directory files are served from, with the names of its index files. */
export interface Root {
  readonly path: string
  readonly indexes: readonly string[]
}

/** Each directory once, with the indexes of all blocks that serve it. */
export function rootsOf(all: Iterable<Root>): readonly Root[] {
  const roots = new Map<string, Set<string>>()
  for (const { path, indexes } of all) {
    const known = roots.get(path) ?? new Set<string>()
    roots.set(path, known)
    for (const it of indexes) known.add(it)
  }
  return Array.from(roots, ([path, indexes]) => ({ path, indexes: [...indexes] }))
}
