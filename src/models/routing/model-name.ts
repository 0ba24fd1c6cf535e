import { modelAt } from "./served-models.ts"
import type { ServedModel } from "./target.ts"

/** Characters of a model's name; ARNs and paths of files are the longest there are. */
const LONGEST = 512

/** What is wrong with a model's name as a caller writes it, in words; undefined for one that can be told to anybody. */
export function nameFault(name: string): string | undefined {
  if (name.length > LONGEST) return `model must be a name of at most ${LONGEST} characters`
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (!name.isWellFormed() || /[\x00-\x1f\x7f-\x9f]/.test(name))
    return "model must be a name without control characters and halves of characters"
  return undefined
}

/**
 * What is wrong with a name that goes into the address of a provider: segments that servers resolve would lead to another
 * address than the model's, with the operator's key. `paths`: at which the model's targets would be asked.
 */
export function addressFault(asked: string, served: ServedModel, paths: readonly string[]): string | undefined {
  if (!served.name.endsWith("*") || !paths.some((it) => it.includes("{model}"))) return undefined
  const isLeading = served.targets.some((it) => SEGMENTS.test(modelAt(it, served, asked)))
  return isLeading ? "model must be a name without the segments . and .. and without empty ones" : undefined
}

const SEGMENTS = /(?:^|[/\\])\.{0,2}(?:[/\\]|$)/
