import type {
  CredentialPlace,
  GuardAsk,
  GuardedTexts,
  Identity,
  ModelCallSeen,
  ModelRequest,
  World,
} from "../../facts/world.ts"
import type { Ledger } from "../../ports/ledger.ts"
import type { Meter } from "../../ports/meter.ts"
import { nanoUsd } from "../../ports/money.ts"

const NOTHING = { inputTokens: 0, outputTokens: 0, cost: nanoUsd(0) }

/** Who would make the call. */
export type SupposedCaller = Pick<World, "now" | "address" | "host" | "decision" | "identify">

/**
 * The call a caller would make of one model, for asking whether it would be let. It is judged by what looks at the model's
 * name alone; nothing is counted for it, and nobody is asked.
 */
export class SupposedCall implements World {
  readonly method = "POST"
  readonly path: string
  readonly modelOperation: string
  readonly modelCall: ModelCallSeen
  readonly wireFault = "none"
  readonly wireSeen = ""
  readonly upstreamFault = "none"
  readonly upstreamSeen = ""
  readonly providerFault = "none"
  readonly providerSeen = ""
  readonly declaredLength = 0
  readonly receivedLength = 0
  readonly mcpRead = undefined
  readonly #caller: SupposedCaller

  constructor(caller: SupposedCaller, path: string, operation: string, model: string) {
    this.#caller = caller
    this.path = path
    this.modelOperation = operation
    this.modelCall = { model, estimate: NOTHING }
  }

  get now(): number {
    return this.#caller.now
  }
  get address(): string {
    return this.#caller.address
  }
  get host(): string {
    return this.#caller.host
  }
  get decision(): string {
    return this.#caller.decision
  }
  get meter(): Meter {
    return notAsked()
  }
  get ledger(): Ledger {
    return notAsked()
  }
  get guarded(): GuardedTexts {
    return notAsked()
  }
  get ask(): GuardAsk {
    return notAsked()
  }

  identify(places: readonly CredentialPlace[]): Identity {
    return this.#caller.identify(places)
  }

  modelRequest(): Promise<ModelRequest> {
    const { model } = this.modelCall
    return Promise.resolve({ length: 0, body: "a JSON object", model, fault: null, losses: null })
  }

  mcpRequest(): ReturnType<World["mcpRequest"]> {
    return notAsked()
  }

  metered(): void {
    // Nothing is taken, so nothing is told.
  }
}

const notAsked = (): never => {
  throw new Error("a call that is only supposed is judged by its model's name alone")
}
