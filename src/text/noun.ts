import { z } from "zod"

interface Noun {
  /** With its article: `"soon" is not a duration`. */
  readonly noun: string
  /** The same with examples. */
  readonly expected: string
  /** What to write instead of what is written, where that can be told. */
  readonly hint?: (written: string) => string | undefined
}

/**
 * What schemas for one kind of text are called in faults, in place of what they are made of. It is given to what comes
 * before a transform, so that descriptions, refinements and pipes put around it later leave it where it is found. Ask
 * with `get`, since `has` does not know a schema that has been described since.
 */
export const nouns = z.registry<Noun>()
