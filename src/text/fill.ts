import { closest } from "./closest.ts"
import type { Flaw } from "./flaw.ts"
import { MOST_FAULTS } from "./limits.ts"
import type { Masked, Reference } from "./mask.ts"
import type { Path } from "./path.ts"
import { replaced } from "./restore.ts"
import type { ScalarSpot, Spot } from "./tree.ts"

export type Environment = Readonly<Record<string, string | undefined>>

export interface Filled {
  readonly value: unknown
  readonly flaws: readonly Flaw[]
  /** Where text from the environment was put in. */
  readonly interpolated: ReadonlySet<Spot>
  readonly secrets: readonly string[]
}

/** The value of a tree, with what the environment says in the place of each `${…}`. */
export function fill(root: Spot, masked: Masked, environment: Environment): Filled {
  const flaws: Flaw[] = []
  const interpolated = new Set<Spot>()
  const secrets = new Set<string>()
  const scalar = (spot: ScalarSpot, path: Path): unknown => {
    if (typeof spot.value !== "string" || spot.references.length === 0) return spot.value
    return replaced(spot.value, spot.references, masked, (reference) => {
      const text = textOf(reference, environment)
      if (text.flaw !== undefined && flaws.length < MOST_FAULTS) flaws.push({ ...text.flaw(), path })
      if (text.isTaken) interpolated.add(spot)
      if (text.isTaken && text.text !== "") secrets.add(text.text)
      return text.text
    })
  }
  const value = valueBy(root, scalar)
  return { value, flaws, interpolated, secrets: [...secrets].toSorted((a, b) => b.length - a.length) }
}

/** Builds plain values; what an alias repeats is one value met twice, so that repeating costs nothing. */
export function valueBy(root: Spot, scalar: (spot: ScalarSpot, path: Path) => unknown): unknown {
  const built = new Map<Spot, unknown>()
  const build = (spot: Spot, path: Path): unknown => {
    switch (spot.shape) {
      case "scalar":
        return scalar(spot, path)
      case "list":
        return spot.items.map((item, at) => kept(item, [...path, at]))
      case "map":
        return Object.fromEntries(Array.from(spot.entries, ([name, { value }]) => [name, kept(value, [...path, name])]))
      case "alias":
        return kept(spot.target, path)
    }
  }
  const kept = (spot: Spot, path: Path): unknown => {
    if (!spot.isAnchored) return build(spot, path)
    if (!built.has(spot)) built.set(spot, build(spot, path))
    return built.get(spot)
  }
  return kept(root, [])
}

interface Text {
  readonly text: string
  readonly isTaken: boolean
  readonly flaw?: () => Flaw
}

function textOf(reference: Reference, environment: Environment): Text {
  switch (reference.kind) {
    case "literal":
      return { text: reference.text, isTaken: false }
    case "broken":
      return { text: "", isTaken: false, flaw: () => brokenFlaw(reference.message, reference.start) }
    case "variable": {
      const { name, fallback, start } = reference
      const taken = Object.hasOwn(environment, name) ? environment[name] : undefined
      // As in a shell, `:-` also stands in for what is set to nothing.
      if (taken !== undefined && (taken !== "" || fallback === undefined)) return { text: taken, isTaken: true }
      if (fallback !== undefined) return { text: fallback, isTaken: false }
      return { text: "", isTaken: false, flaw: () => unsetFlaw(name, start, environment) }
    }
  }
}

const brokenFlaw = (message: string, offset: number): Flaw => ({
  severity: "error",
  offset,
  message,
  expected: `"\${NAME}" or "\${NAME:-default}", on one line and without "}" in the default`,
  hint: 'write "$${" for the two characters themselves',
})

function unsetFlaw(name: string, offset: number, environment: Environment): Flaw {
  const near = closest(
    name,
    Object.keys(environment).filter((it) => environment[it] !== undefined),
  )
  const meant = near === undefined ? "" : `did you mean ${near}, which is set? Otherwise `
  return {
    severity: "error",
    offset,
    message: `the environment variable ${name} is not set`,
    hint: `${meant}set it, or write a default: \${${name}:-…}`,
  }
}
