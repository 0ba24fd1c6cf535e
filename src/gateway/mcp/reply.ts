import type { Outcome } from "../../mcp/message.ts"
import type { Line } from "./session.ts"

/** The answer to one request at the endpoint, wherever it is made. It ends with the first of what ends it. */
export interface Reply extends Line {
  /** The caller went away before the answer was whole. */
  onGone: () => void
  readonly isOver: boolean
  /** Begins a stream of events where it has not begun. */
  stream(): void
  /** The answer to the request. `fields`: lines of the head, where no stream has begun. */
  finish(outcome: Outcome, fields?: string): void
  /** A message that asks for no answer was taken. */
  accepted(): void
  /** The session is over, as was asked. */
  ended(): void
  /** A server gave no answer, or the gateway failed. */
  fail(error: unknown): void
}
