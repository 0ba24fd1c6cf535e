import type { Party } from "../decision/party.ts"

/** What is answered about one case. Printed as it is with `--json`; its names are a promise. */
export interface CaseAnswer {
  readonly id?: string
  /** Who wrote the refusal, or `unknown`. */
  readonly emitter: string
  /** The systems the answer passed, nearest to the client first, and what each did with it. */
  readonly hops: readonly { readonly emitter: string; readonly state: string; readonly evidence: readonly Proof[] }[]
  /** Likeliest first; none where nothing speaks for any. */
  readonly causes: readonly RankedCause[]
  /** What was looked at and is not the cause, each with what says so. */
  readonly excluded: readonly { readonly says: string; readonly evidence: readonly Proof[] }[]
  /** What was not given and could change the answer, most decisive first. */
  readonly unknown: readonly string[]
  /** The one thing that would tell the remaining causes apart; null where nothing is left to ask. */
  readonly next: { readonly ask: string; readonly why: string } | null
}

export interface RankedCause {
  readonly code: string
  readonly title: string
  /** 0 to 1; of answers that say 0.8, four in five are right (measured by the benchmark of cases). */
  readonly confidence: number
  readonly evidence: readonly Proof[]
  /** `written`: commands or lines to paste. `isVerified`: decided again by a judge of the server; else general advice. */
  readonly fix: {
    readonly by: Party
    readonly change: string
    readonly admits: string
    readonly written?: readonly string[]
    readonly isVerified: boolean
  }
  /** Remedies that would work and grant too much. */
  readonly unwise: readonly string[]
}

/** A claim and where it stands: `quote` is in the named part letter by letter; `span` where it holds a secret. */
export type Proof = {
  readonly from: string
  readonly says: string
  /** From 1, where the part has several. */
  readonly line?: number
} & ({ readonly quote: string } | { readonly span: readonly [start: number, end: number] })
