import type { Cause, Told } from "../decision/cause.ts"
import type { NonEmpty } from "../decision/value.ts"
import type { Clue } from "./clue.ts"
import type { Emitter } from "./emitter.ts"

/** Why another system refuses, and how that is recognised. One file each, whose path below `foreign/` is the code. */
export interface ForeignCause extends Cause {
  /** What to do, least grant first, and whom it lets in beside this request: `nobody else`, `everyone who can reach the port`. */
  readonly fix: NonEmpty<Cause["fix"][number] & { readonly admits: string }>
  /** Who writes the answer. */
  readonly emitter: Emitter
  /** What that system protects by it, or how it comes about: for the page. */
  readonly why: string
  /** Answered 403 although nobody's right was in question: a full disk, a skewed clock, a route that is not there. */
  readonly isNoMatterOfRights: boolean
  /** Where the facts come from: source files, specifications, documentation, threads. */
  readonly sources: NonEmpty<string>
  /** What speaks for it and against it. Matched independently; each counts once. */
  readonly clues: readonly Clue[]
  /** What would decide it, where it is suspected and not proved: a question, and why its answer decides. */
  readonly ask?: { readonly question: string; readonly why: string }
  /** Remedies that work and grant too much, each with what it would admit. */
  readonly unwise?: readonly string[]
}

type Spec = Omit<ForeignCause, "status" | "explain" | "isNoMatterOfRights"> &
  Partial<Pick<ForeignCause, "status" | "explain" | "isNoMatterOfRights">>

/** `status` is 403 unless told; `explain` says the title and what was compared. */
export const foreignCause = (spec: Spec): ForeignCause =>
  Object.freeze({ status: 403, isNoMatterOfRights: false, explain: said(spec.title), ...spec })

const said =
  (title: string) =>
  (evidence: NonEmpty<Told>): string =>
    `${title}: ${evidence.map((it) => `${it.fact}: ${it.said}`).join("; ")}.`
