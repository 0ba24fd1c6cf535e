import { childOf } from "../files/path.ts"
import type { FileTree, Reader } from "../files/tree.ts"
import { walk } from "../files/walk.ts"

/** One directory of a document root and what lies in it. */
export interface SeenDirectory {
  readonly path: string
  /** Behind the root, with a slash at both ends: `/`, `/img/`. */
  readonly below: string
  readonly names: readonly string[]
}

/** Names looked at below one root, and levels below it. */
const MOST_NAMES = 50_000
const DEEPEST = 24

/** Sees what is there whoever may; a tree knows less for an ordinary user. */
export const ANYONE: Reader = { user: 0, group: 0, groups: [], isRoot: true }

/** The directories of a root, nearest first, links not followed and hidden ones left out; bounded. */
export function* directoriesBelow(tree: FileTree, root: string): Generator<SeenDirectory> {
  const there = walk(tree, ANYONE, root, "search")
  if (there.kind !== "reached" || there.entry.kind !== "directory") return
  const waiting: { readonly path: string; readonly below: string }[] = [{ path: there.path, below: "/" }]
  let left = MOST_NAMES
  // Grows while it is walked.
  for (const { path, below } of waiting) {
    const names = tree.names(path)
    if (names === "unknown") continue
    yield { path, below, names }
    if (below.split("/").length > DEEPEST) continue
    for (const name of names) {
      if (left-- <= 0) return
      const child = childOf(path, name)
      const entry = name.startsWith(".") ? "absent" : tree.at(child)
      if (typeof entry === "object" && entry.kind === "directory")
        waiting.push({ path: child, below: `${below}${name}/` })
    }
  }
}

/** A path as a request asks for it. */
export const requestPath = (path: string): string => path.split("/").map(encodeURIComponent).join("/")
