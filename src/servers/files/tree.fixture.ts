import { KnownTree } from "./known-tree.ts"
import type { Entry, Reader } from "./tree.ts"

/** An entry with what a test does not care about filled in. */
export const entry = (spec: Partial<Entry> & Pick<Entry, "kind" | "mode">): Entry => ({
  user: 0,
  group: 0,
  source: { file: "listing", path: "mode" },
  ...spec,
})

export const directory = (mode: number, user = 0, group = 0): Entry => entry({ kind: "directory", mode, user, group })
export const file = (mode: number, user = 0, group = 0): Entry => entry({ kind: "file", mode, user, group })
export const link = (target: string, user = 0): Entry => entry({ kind: "link", mode: 0o777, user, target })

/** A whole file system: what is not listed is not there. */
export const treeOf = (entries: Readonly<Record<string, Entry>>, protectsLinks = true): KnownTree => {
  const all = new Map(Object.entries({ "/": directory(0o755), ...entries }))
  return new KnownTree(all, new Set(all.keys()), protectsLinks)
}

/** Users and groups by number. */
export const reader = (user: number, group: number, ...groups: readonly number[]): Reader => ({
  user,
  group,
  groups,
  isRoot: user === 0,
})
