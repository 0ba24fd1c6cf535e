import type { Output } from "./output.ts"

/** What an exchange asks of the connection it was given to. */
export interface UpstreamLine {
  readonly output: Output
  /** See `turnLater`: sends what was written and reads on where that was paused. */
  turnSoon(): void
  /** Ends it at once. No more events follow. */
  drop(): void
}
