import type { RequestHead } from "./head.ts"
import type { Output } from "./output.ts"

/** What those who answer a request ask of the connection it came on. */
export interface Line {
  readonly remoteAddress: string
  readonly output: Output
  /** See `turnLater`: sends what was written and goes on. */
  turnSoon(): void
  /** Fields and framing of an answer, in latin1. */
  send(text: string): void
  readBody(head: RequestHead): void
  pauseBody(isPaused: boolean): void
  /** To be asked when an answer begins: whether another request can follow. Gives up a body that nobody asked for. */
  canFollow(expectsContinue: boolean): boolean
  /** The answer of the exchange in progress is complete. `closes`: no other may follow. */
  answered(head: RequestHead, closes: boolean): void
  /** Ends the connection once all is sent. `lingers`: the client may still send, and must not be reset before it has read. */
  close(lingers: boolean): void
  /** Ends the connection with a TCP reset. */
  reset(): void
  fail(error: unknown): void
}
