import type { ProviderFaultCode } from "../provider-fault.ts"

/** How long a key or target rests, in milliseconds, where the provider does not say. Doubles with each failure in a row. */
const FIRST_REST = 1_000
const LONGEST_REST = 60_000
/** A provider that says "in a week" is asked again after this, as keys are topped up sooner. */
const LONGEST_ASKED = 15 * 60_000
/** Weight of the newest latency in the running mean. */
const NEWEST = 0.2

interface State {
  failures: number
  restsUntil: number
  why: ProviderFaultCode | undefined
  latency: number | undefined
}

/** What this worker has seen of targets and keys: who fails and rests, and how long each takes to its first token. */
export class Health {
  readonly #states = new Map<string, State>()

  /** Milliseconds until it may be asked again; 0 where it may be now. `id`: of a target or of a key. */
  rests(id: string, now: number): number {
    return Math.max(0, (this.#states.get(id)?.restsUntil ?? 0) - now)
  }

  why(id: string): ProviderFaultCode | undefined {
    return this.#states.get(id)?.why
  }

  /** Milliseconds to the first token, running mean; undefined while nothing was measured. */
  latency(id: string): number | undefined {
    return this.#states.get(id)?.latency
  }

  succeeded(id: string, latency: number | undefined): void {
    const state = this.#state(id)
    state.failures = 0
    state.restsUntil = 0
    state.why = undefined
    if (latency === undefined) return
    state.latency = state.latency === undefined ? latency : state.latency + (latency - state.latency) * NEWEST
  }

  /** `asked`: for how many milliseconds the provider asks to be left alone. */
  failed(id: string, why: ProviderFaultCode, asked: number | undefined, now: number): void {
    const state = this.#state(id)
    state.failures++
    state.why = why
    const own = Math.min(LONGEST_REST, FIRST_REST * 2 ** Math.min(state.failures - 1, 10))
    state.restsUntil = now + (asked === undefined ? own : Math.min(asked, LONGEST_ASKED))
  }

  #state(id: string): State {
    const known = this.#states.get(id)
    if (known !== undefined) return known
    const made: State = { failures: 0, restsUntil: 0, why: undefined, latency: undefined }
    this.#states.set(id, made)
    return made
  }
}
