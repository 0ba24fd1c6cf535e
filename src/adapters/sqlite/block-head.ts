import { z } from "zod"
import type { Source } from "../../decision/source.ts"
import { SHAPE, type Shape } from "./record-shape.ts"

const SOURCE = z.object({
  file: z.string(),
  line: z.exactOptional(z.int()),
  column: z.exactOptional(z.int()),
  path: z.string(),
})

/** The last line of a block: what its records refer to by number. */
export const BLOCK_HEAD = z.object({ shapes: z.array(SHAPE), sources: z.array(SOURCE) })

export interface BlockHead {
  readonly shapes: readonly Shape[]
  readonly sources: readonly Source[]
}
