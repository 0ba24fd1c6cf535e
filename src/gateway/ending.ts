import type { Permit } from "../decision/decide.ts"
import type { World } from "../facts/world.ts"
import type { UpstreamFault } from "../http/fault.ts"
import type { ProviderFault } from "../models/provider-fault.ts"

/** How what was forwarded tells what became of it. */
export interface Ending {
  /** The whole answer was given, with this status. */
  completed(permit: Permit<World>, status: number): void
  upstreamFailed(fault: UpstreamFault): void
  /** A model's provider was reached and failed, or refused. */
  providerFailed(fault: ProviderFault): void
  /** Judges what a model has answered so far. False: it is refused, and the call is over. */
  judgeAnswer(): Promise<boolean>
  /** The gateway itself failed. */
  failed(fault: unknown): void
  /** More of a body of unknown length came. False: it is too much, and the call is over. */
  bodyGrew(): boolean
}
