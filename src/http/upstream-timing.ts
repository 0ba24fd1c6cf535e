import type { ClientLimits } from "./client.ts"
import { NEVER, ticks } from "./clock.ts"
import type { UpstreamFault } from "./fault.ts"

/** What is late when nothing comes. `caller`: while the caller is the one who is waited for, no answer can be late. */
export type UpstreamAwaited = "connection" | "request" | "answer" | "rest" | "caller"

/** How long connections to upstreams wait, and what it is called when that was too long. */
export class UpstreamTiming {
  readonly #ticks: Readonly<Record<UpstreamAwaited, number>>
  readonly #limits: ClientLimits

  constructor(limits: ClientLimits) {
    this.#limits = limits
    this.#ticks = {
      connection: ticks(limits.connectTimeout),
      request: ticks(limits.idleTimeout),
      answer: ticks(limits.answerTimeout),
      rest: ticks(limits.stallTimeout),
      caller: NEVER,
    }
  }

  ticks(what: UpstreamAwaited): number {
    return this.#ticks[what]
  }

  /** Undefined when nobody is there to be told. */
  fault(late: UpstreamAwaited): UpstreamFault | undefined {
    const { connectTimeout, answerTimeout, stallTimeout } = this.#limits
    switch (late) {
      case "connection":
        return { code: "connect-timeout", seen: `no connection in ${connectTimeout} ms` }
      case "answer":
        return { code: "timeout", seen: `no answer in ${answerTimeout} ms` }
      case "rest":
        return { code: "stalled", seen: `no byte for ${stallTimeout} ms` }
      case "request":
      case "caller":
        return undefined
    }
  }
}
