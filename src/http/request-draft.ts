import { Fields } from "./fields.ts"
import type { RequestHead } from "./head.ts"

const NONE = { kind: "none" } as const

/** A `RequestHead` while it is being read: one object, filled step by step. */
export class RequestDraft implements RequestHead {
  method = ""
  path = ""
  query = ""
  minor: 0 | 1 = 1
  host = ""
  readonly fields = new Fields()
  framing: RequestHead["framing"] = NONE
  keepAlive = true
  expectsContinue = false
}
