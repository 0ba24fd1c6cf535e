import { z } from "zod"
import type { FrameRecord } from "../../decision/record.ts"
import { PHASES } from "../../decision/stage.ts"

/** What records of one plan mostly share, so that a block says it once. */
export const SHAPE = z.object({
  revision: z.string(),
  phase: z.enum(PHASES),
  facts: z.array(z.string()),
  unknown: z.array(z.string()),
  /** The facts that have a source. */
  placed: z.array(z.string()),
})

export type Shape = z.infer<typeof SHAPE>

export function shapeOf(frame: FrameRecord): Shape {
  return {
    revision: frame.revision,
    phase: frame.phase,
    facts: Object.keys(frame.facts),
    unknown: [...frame.unknown],
    placed: Object.keys(frame.sources),
  }
}

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.revision === b.revision &&
  a.phase === b.phase &&
  sameNames(a.facts, b.facts) &&
  sameNames(a.unknown, b.unknown) &&
  sameNames(a.placed, b.placed)

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
