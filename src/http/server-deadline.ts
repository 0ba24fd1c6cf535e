import { NEVER, ticks } from "./clock.ts"
import type { RequestReader } from "./request-reader.ts"
import type { Hub } from "./server-hub.ts"

/** Ticks waited at the end, so that a client that still sends gets to read its answer before a reset. */
const LINGER_TICKS = ticks(1000)

/** What is late when nothing comes. `rest`: of a body that is read only to get past it. */
export type Awaited = "head" | "body" | "rest" | "drain" | "request" | "handler"

/** `unsent`: bytes the client has not taken yet. */
export function awaited({ isAnswering, isDeaf, body, input }: RequestReader, unsent: number): Awaited {
  if (body?.isFlowing === true) return isAnswering ? "body" : "rest"
  if (unsent > 0) return "drain"
  if (isAnswering || isDeaf || body !== undefined) return "handler"
  return input.size > 0 ? "head" : "request"
}

/** How long a client connection waits for what it waits for. */
export class Deadline {
  /** The tick at which it is due. */
  at = NEVER
  readonly #hub: Hub
  /** 0 while no head has begun: it is due as a whole, not each of its bytes. */
  #head = 0

  constructor(hub: Hub) {
    this.#hub = hub
  }

  arm(what: Awaited): void {
    const { clock, headTicks } = this.#hub
    if (what !== "head") {
      this.#head = 0
      this.at = clock.now + this.#ticks(what)
      return
    }
    if (this.#head === 0) this.#head = clock.now + headTicks
    this.at = this.#head
  }

  linger(): void {
    this.at = this.#hub.clock.now + LINGER_TICKS
  }

  #ticks(what: Exclude<Awaited, "head">): number {
    switch (what) {
      case "body":
      case "rest":
        return this.#hub.bodyTicks
      case "drain":
        return this.#hub.stallTicks
      case "request":
        return this.#hub.idleTicks
      case "handler":
        return NEVER
    }
  }
}
