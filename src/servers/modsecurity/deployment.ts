import type { Engine } from "./message.ts"
import type { Place } from "./place.ts"
import type { Settings } from "./settings.ts"

/** What writing an exclusion asks for. */
export interface Deployment {
  readonly place: Place
  readonly engine: Engine
  readonly settings: Settings
  /** Numbers of rules seen in the lines or in the configuration. */
  readonly taken: ReadonlySet<number>
}
