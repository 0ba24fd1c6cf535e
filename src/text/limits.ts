/** What a configuration may take before it is refused: far above any written by a hand, far below what hurts. */

export const LONGEST = 16 * 1024 * 1024
export const DEEPEST = 100
export const MOST_TOKENS = 1_000_000
/** Values reached through aliases, counted as often as they are reached. */
export const MOST_ALIASED = 100_000
/** Faults listed; the rest are counted. */
export const MOST_FAULTS = 1_000
