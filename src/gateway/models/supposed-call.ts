import type { CredentialPlace, Identity, ModelCallSeen, ModelRequest, World } from "../../facts/world.ts"
import { nanoUsd } from "../../ports/money.ts"
import type { Call } from "../call.ts"

const NOTHING = { inputTokens: 0, outputTokens: 0, cost: nanoUsd(0) }

/** The call a caller would make of one model, for asking whether it would be let: the same caller, at another address. */
export class SupposedCall implements World {
  readonly method = "POST"
  readonly path: string
  readonly modelOperation: string
  readonly modelCall: ModelCallSeen
  readonly #call: Call

  constructor(call: Call, path: string, operation: string, model: string) {
    this.#call = call
    this.path = path
    this.modelOperation = operation
    this.modelCall = { model, estimate: NOTHING }
  }

  get now() {
    return this.#call.now
  }
  get address() {
    return this.#call.address
  }
  get host() {
    return this.#call.host
  }
  get decision() {
    return this.#call.decision
  }
  get meter() {
    return this.#call.meter
  }
  get ledger() {
    return this.#call.ledger
  }
  get guarded() {
    return this.#call.guarded
  }
  get ask() {
    return this.#call.ask
  }
  readonly wireFault = "none"
  readonly wireSeen = ""
  readonly upstreamFault = "none"
  readonly upstreamSeen = ""
  readonly providerFault = "none"
  readonly providerSeen = ""
  readonly declaredLength = 0
  readonly receivedLength = 0

  identify(places: readonly CredentialPlace[]): Identity {
    return this.#call.identify(places)
  }

  modelRequest(): Promise<ModelRequest> {
    const { model } = this.modelCall
    return Promise.resolve({ length: 0, body: "a JSON object", model, fault: null, losses: null })
  }

  readonly mcpRead = undefined

  mcpRequest(): ReturnType<World["mcpRequest"]> {
    throw new Error("no message is asked of a call for a model")
  }

  metered(): void {
    // Nothing is taken, so nothing is told.
  }
}
