import type { Source } from "../../decision/source.ts"
import { found, type PlacedFinding, type Said, type Severity } from "../../servers/audit/finding.ts"

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

type SaidOfGateway = Omit<Said<GatewayFindingName>, "name"> & Pick<Draft, "takes">

export const drafted = (name: GatewayFindingName, at: Source, { takes, ...said }: SaidOfGateway): Draft => ({
  ...found(GATEWAY_FINDINGS, at, "", { name, ...said }),
  ...(takes === undefined ? {} : { takes }),
})
