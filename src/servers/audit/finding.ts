import type { Source } from "../../decision/source.ts"
import type { Patch } from "../patch.ts"

/** Worst first. */
export const SEVERITIES = ["error", "warning", "note"] as const
export type Severity = (typeof SEVERITIES)[number]

/** One thing an audit has to say about one place of a configuration. Its JSON is a promise. */
export interface PlacedFinding<Name extends string = string> {
  readonly name: Name
  readonly severity: Severity
  readonly at: Source
  /** The line at that place, as it stands there; empty where the place is no text. */
  readonly quote: string
  /** What is wrong, as a sentence. */
  readonly why: string
  /** Whom it lets in or keeps out, so that it matters. */
  readonly effect: string
  /** The least change that mends it; null where what is meant decides which. */
  readonly change: PlacedChange | null
}

export interface PlacedChange {
  /** As an imperative. */
  readonly does: string
  /** Empty where a person has to write it. */
  readonly patches: readonly Patch[]
  /** With the patches applied, the finding was gone and no other came up. */
  readonly isVerified: boolean
}

/** A change before it was tried. */
export const proposed = (does: string, patches: readonly Patch[] = []): PlacedChange => ({
  does,
  patches,
  isVerified: false,
})

/** What a check says of a place. */
export interface Said<Name extends string> {
  readonly name: Name
  readonly why: string
  readonly effect: string
  readonly change?: PlacedChange | undefined
  /** Where it weighs less than its kind does. */
  readonly severity?: Severity
}

/** A finding about a place. `severities`: what its kind weighs. */
export const found = <Name extends string>(
  severities: Readonly<Record<Name, Severity>>,
  at: Source,
  quote: string,
  { name, why, effect, change, severity }: Said<Name>,
): PlacedFinding<Name> => ({
  name,
  severity: severity ?? severities[name],
  at,
  quote,
  why,
  effect,
  change: change ?? null,
})

/** Worst first, then by place. */
export const inOrder = <F extends PlacedFinding>(findings: readonly F[]): readonly F[] =>
  findings.toSorted(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      (a.at.file === b.at.file ? 0 : a.at.file < b.at.file ? -1 : 1) ||
      (a.at.line ?? 0) - (b.at.line ?? 0) ||
      (a.at.column ?? 0) - (b.at.column ?? 0),
  )
