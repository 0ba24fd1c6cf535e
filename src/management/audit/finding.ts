import type { Source } from "../../decision/source.ts"
import type { PlacedChange, PlacedFinding, Severity } from "../../servers/audit/finding.ts"

const GATEWAY_FINDINGS = {
  "gateway/not-read": "error",
  "gateway/key-opens-nothing": "warning",
  "gateway/key-expired": "note",
  "gateway/scope-idle": "warning",
  "gateway/route-for-nobody": "warning",
  "gateway/model-for-nobody": "warning",
  "gateway/addresses-all-admitted": "warning",
  "gateway/network-contained": "note",
  "gateway/policy-never-decides": "note",
} as const satisfies Readonly<Record<string, Severity>>
export type GatewayFindingName = keyof typeof GATEWAY_FINDINGS
export type GatewayFinding = PlacedFinding<GatewayFindingName>

/** A finding before its line is quoted and its change is written out. */
export interface Draft extends GatewayFinding {
  /** The entry to take out of the list at its place. */
  readonly takes?: string
}

interface Said {
  readonly why: string
  readonly effect: string
  readonly change?: PlacedChange | undefined
  /** Where it weighs less than its kind does. */
  readonly severity?: Severity
  readonly takes?: string
}

export const found = (name: GatewayFindingName, at: Source, said: Said): Draft => ({
  name,
  severity: said.severity ?? GATEWAY_FINDINGS[name],
  at,
  quote: "",
  why: said.why,
  effect: said.effect,
  change: said.change ?? null,
  ...(said.takes === undefined ? {} : { takes: said.takes }),
})
