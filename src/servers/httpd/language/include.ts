import { closed, pathFrom } from "./path-text.ts"
import type { Texts } from "./texts.ts"
import { hasWildcard, matchesWildcard } from "./wildcard.ts"

/** The files an `Include` names, in httpd's order (server/config.c `ap_process_fnmatch_configs`); none where nobody gave them. */
export function included(texts: Texts, directory: string, named: string): readonly string[] {
  const path = closed(pathFrom(directory, named))
  if (!hasWildcard(path)) return filesAt(texts, path, 0)
  let reached = ["/"]
  for (const part of path.slice(1).split("/")) {
    const next: string[] = []
    for (const base of reached) {
      if (!hasWildcard(part)) next.push(below(base, part))
      else
        for (const name of sorted(texts.names(base) ?? []))
          if (matchesWildcard(part, name)) next.push(below(base, name))
      if (next.length > MOST_FILES) return []
    }
    reached = next
  }
  return reached.flatMap((it) => filesAt(texts, it, 0))
}

const MOST_FILES = 10_000
const DEEPEST = 20

/** A file, or all files of a directory and of those in it. */
function filesAt(texts: Texts, path: string, depth: number): readonly string[] {
  if (texts.read(path) !== undefined) return [path]
  if (depth >= DEEPEST) return []
  return sorted(texts.names(path) ?? []).flatMap((name) => filesAt(texts, below(path, name), depth + 1))
}

const below = (directory: string, name: string): string => (directory === "/" ? `/${name}` : `${directory}/${name}`)

const sorted = (names: readonly string[]): readonly string[] => names.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
