import type { CallEvents, Peer, PendingCall } from "../../adapters/mcp/peer.ts"
import { ServerFault } from "../../adapters/mcp/peer.ts"
import { type ClientSaid, inputRequired, outcomeFor, paramsFor } from "../../mcp/between-eras.ts"
import type { JsonObject } from "../../mcp/json.ts"
import { failure, type Outcome, RPC } from "../../mcp/message.ts"

/** Rounds in which a server asks for more before it is given up. */
const MOST_ROUNDS = 16

/** One call of a client to one server. */
export interface Ask {
  readonly client: ClientSaid
  readonly method: string
  /** With the server's own names. */
  readonly params: JsonObject
  readonly fields: ReadonlyMap<string, string>
  readonly events: CallEvents
  /** Milliseconds without a sign of life; undefined for as long as it takes. */
  readonly timeout: number | undefined
}

/** Asks a server in its own revision, and answers in the client's. The outcome rejects with a `ServerFault`. */
export function ask(peer: Peer, asked: Ask): PendingCall {
  const asking = new Asking(peer, asked)
  return { outcome: asking.run(), cancel: (reason) => asking.cancel(reason) }
}

class Asking {
  readonly #peer: Peer
  readonly #ask: Ask
  #pending: PendingCall | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #isLate = false

  constructor(peer: Peer, asked: Ask) {
    this.#peer = peer
    this.#ask = asked
    this.#pending = undefined
    this.#timer = undefined
  }

  async run(): Promise<Outcome> {
    const { client, method } = this.#ask
    let params = paramsFor(this.#peer.era, client, this.#ask.params)
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const outcome = await this.#once(params)
      const wanted = this.#peer.era !== client.era && client.era === "sessions" ? inputRequired(outcome) : undefined
      if (wanted === undefined) return outcomeFor(client.era, this.#peer.era, method, outcome)
      const responses: Record<string, JsonObject> = {}
      for (const [key, it] of wanted.requests) {
        const answer = await this.#ask.events.onRequest(it.method, it.params)
        if (answer.kind === "error") return answer
        responses[key] = answer.result
      }
      const { requestState: _, inputResponses: __, ...rest } = params
      const state = wanted.state === undefined ? {} : { requestState: wanted.state }
      params = { ...rest, inputResponses: responses, ...state }
    }
    return failure(RPC.internal, `the server still asked for more after ${MOST_ROUNDS} rounds`)
  }

  cancel(reason: string): void {
    this.#rest()
    this.#pending?.cancel(reason)
  }

  async #once(params: JsonObject): Promise<Outcome> {
    const { method, fields, events, timeout } = this.#ask
    this.#pending = this.#peer.call(
      { method, params, fields },
      {
        onNotification: (name, told) => {
          this.#wind()
          events.onNotification(name, told)
        },
        onRequest: async (name, wanted) => {
          // It is the client who is waited for.
          this.#rest()
          const answer = await events.onRequest(name, wanted)
          this.#wind()
          return answer
        },
      },
    )
    this.#wind()
    try {
      return await this.#pending.outcome
    } catch (error) {
      throw this.#isLate ? new ServerFault("timeout", `no sign of life for ${timeout} ms`) : error
    } finally {
      this.#rest()
    }
  }

  #wind(): void {
    this.#rest()
    const { timeout } = this.#ask
    if (timeout === undefined) return
    this.#timer = setTimeout(() => {
      this.#isLate = true
      this.#pending?.cancel("no sign of life")
    }, timeout)
  }

  #rest(): void {
    clearTimeout(this.#timer)
  }
}
