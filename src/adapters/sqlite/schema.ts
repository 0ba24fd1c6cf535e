/**
 * A database's shape, as the steps that lead to it. Its version is the number of steps
 * taken, which each step sets at its end; steps once released never change.
 */
export interface Schema {
  readonly migrations: readonly (readonly string[])[]
  /** `full`: what was acknowledged survives a power cut. `normal`: it survives the death of the process. */
  readonly durability: "full" | "normal"
}
