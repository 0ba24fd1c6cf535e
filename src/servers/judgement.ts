import type { Denial } from "../decision/decide.ts"
import type { Source } from "../decision/source.ts"
import type { NonEmpty } from "../decision/value.ts"
import type { Remedy } from "./patch.ts"

/** What a server would answer, by its configuration and the files it can see. */
export type Judgement<W> =
  /** All gates on the way held, and `by` answers: a file, a redirect, another server. */
  | { readonly kind: "answers"; readonly status: number; readonly by: Handler; readonly at: Source | undefined }
  /** A gate did not hold. `status` is what the client sees: an error page may have changed it. */
  | {
      readonly kind: "refuses"
      readonly status: number
      readonly denial: Denial<W>
      /** Whether the server writes a line to its error log about it at its usual level. */
      readonly isLogged: boolean
    }
  /** It passes to another server, which decides. */
  | { readonly kind: "relays"; readonly to: string; readonly at: Source }
  /** Outside what is modelled, or something decisive was not given; never a guess. */
  | { readonly kind: "unknown"; readonly needs: NonEmpty<Need> }

export type Refused<W> = Extract<Judgement<W>, { kind: "refuses" }>

export type Handler = "file" | "index" | "listing" | "redirect" | "return" | "error-page" | "program"

/** What would have to be known, and why. */
export interface Need {
  readonly what: string
  readonly why: string
  readonly at?: Source
}

/** `quote` is the text at the place, letter by letter. */
export interface PlacedProof {
  readonly at: Source
  readonly quote: string
  readonly says: string
}

/** One refusal as a person is told it. */
export interface ExplainedRefusal {
  /** A code of `foreign/`. */
  readonly code: string
  readonly status: number
  readonly isLogged: boolean
  /** Every place that decided, the deciding one first. */
  readonly evidence: NonEmpty<PlacedProof>
  /** Least first; each decided again. */
  readonly remedies: readonly Remedy[]
  /** What was looked at and held: `every directory on the way to /srv/www/a.html may be searched by www-data`. */
  readonly held: readonly string[]
}
