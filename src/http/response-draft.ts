import { Fields } from "./fields.ts"
import type { Framing, ResponseHead } from "./head.ts"

const NONE = { kind: "none" } as const

/** A `ResponseHead` while it is being read: one object, filled step by step. */
export class ResponseDraft implements ResponseHead {
  status = 0
  reason = ""
  minor: 0 | 1 = 1
  readonly fields = new Fields()
  framing: Framing = NONE
  keepAlive = true
}
