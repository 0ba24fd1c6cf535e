import type { Cause } from "../../../decision/cause.ts"
import type { Denial } from "../../../decision/decide.ts"
import type { Source } from "../../../decision/source.ts"
import type { NonEmpty } from "../../../decision/value.ts"
import type { Failed } from "../../files/walk.ts"
import type { Handler, Need } from "../../judgement.ts"
import type { World } from "../access/world.ts"
import type { Running } from "./running.ts"

/** What ends the work on one request, or on one inside another, before a handler is asked. */
export type Halt =
  | { readonly kind: "unknown"; readonly needs: NonEmpty<Need> }
  | Refused
  /** Answered: a redirect, an error that is nobody's refusal, a method that is answered by the server itself. */
  | Answered
  | { readonly kind: "relayed"; readonly to: string; readonly at: Source }

export interface Answered extends ByRule {
  readonly kind: "answered"
  readonly status: number
  readonly by: Handler
  readonly at: Source | undefined
}

/** Rules of mod_rewrite take away the mark that an error is being told of, so that what they say is told instead. */
interface ByRule {
  readonly isByRule?: boolean
}

export interface Refused extends ByRule {
  readonly kind: "refused"
  /** The request at which it happened; one inside that of the client, it may be. */
  readonly running: Running
  readonly status: number
  readonly denial: Denial<World>
  /** What httpd writes to its error log about it at its usual level: `AH01630`; undefined for nothing. */
  readonly code: string | undefined
  /** The way in the file system that was barred, where that is why. */
  readonly failed: Failed | undefined
}

export const unknown = (what: string, why: string, at?: Source): Halt => ({
  kind: "unknown",
  needs: [{ what, why, ...(at === undefined ? {} : { at }) }],
})

/** What a gate is about, beside the checks it is made of. */
export interface About {
  readonly cause: Cause
  readonly status: number
  readonly code: string | undefined
  readonly failed?: Failed
  readonly isByRule?: boolean
}
