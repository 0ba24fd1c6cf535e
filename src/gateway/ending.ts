import type { Permit } from "../decision/decide.ts"
import type { World } from "../facts/world.ts"
import type { UpstreamFault } from "../http/fault.ts"

/** How what was forwarded tells what became of it. */
export interface Ending {
  /** The whole answer was given, with this status. */
  completed(permit: Permit<World>, status: number): void
  upstreamFailed(fault: UpstreamFault): void
  /** The gateway itself failed. */
  failed(fault: unknown): void
  /** More of a body of unknown length came. False: it is too much, and the call is over. */
  bodyGrew(): boolean
}
