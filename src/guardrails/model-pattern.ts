import { matchesGlob } from "../text/glob.ts"

/** Whether a model's name is meant by one of the patterns, in which `*` stands for anything. */
export type ModelMatch = (model: string | null) => boolean

/** Undefined stands for every model. */
export function modelMatch(patterns: readonly string[] | undefined): ModelMatch {
  if (patterns === undefined) return () => true
  return (model) => model !== null && patterns.some((it) => matchesGlob(it, model))
}
