import type { Range } from "./flaw.ts"
import type { Reference } from "./mask.ts"

/** A value where it is written: `start` and `end` hold exactly what an edit of it replaces. */
export type Spot = ScalarSpot | ListSpot | MapSpot | AliasSpot

export interface Properties {
  /** After the `:` or `-` that introduces it, if one does. */
  readonly indicatorEnd: number | undefined
  readonly isAnchored: boolean
  readonly isTagged: boolean
}

interface Written extends Range, Properties {}

export interface ScalarSpot extends Written {
  readonly shape: "scalar"
  readonly style: "plain" | "quoted" | "block" | "empty"
  /** With placeholders where `references` stand. */
  readonly value: string | number | boolean | null
  readonly references: readonly Reference[]
}

export interface ListSpot extends Written {
  readonly shape: "list"
  readonly isFlow: boolean
  readonly items: readonly Spot[]
}

export interface MapSpot extends Written {
  readonly shape: "map"
  readonly isFlow: boolean
  readonly entries: ReadonlyMap<string, Entry>
}

export interface AliasSpot extends Written {
  readonly shape: "alias"
  readonly target: Spot
}

export interface Entry {
  readonly key: Range
  readonly value: Spot
}

export function childOf(spot: Spot, part: string | number): Entry | undefined {
  switch (spot.shape) {
    case "scalar":
      return undefined
    case "alias":
      return childOf(spot.target, part)
    case "map":
      return spot.entries.get(String(part))
    case "list": {
      const value = typeof part === "number" ? spot.items[part] : undefined
      return value === undefined ? undefined : { key: value, value }
    }
  }
}

export const emptySpot = (at: number, properties: Properties): ScalarSpot => ({
  ...properties,
  start: at,
  end: at,
  shape: "scalar",
  style: "empty",
  value: null,
  references: [],
})

/** Where a block list or map ends: with its last value, not with the comments and empty lines that YAML counts in. */
export const endOf = (start: number, inside: readonly Range[]): number => inside.at(-1)?.end ?? start
