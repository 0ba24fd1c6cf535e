/**
 * What could not be carried from one format into another, each told once. Nothing is dropped without being named here: the
 * caller is told in `Pinpoint-Dropped`, or refused where the model asks for that.
 */
export class Losses {
  readonly #told = new Map<string, string>()
  /** Beyond those that are named. */
  #more = 0

  /** `what`: the member as the inbound format or the form names it (`logit_bias`, `citations`); `why`: a clause of a sentence. */
  drop(what: string, why: string): void {
    const name = what.length > LONGEST ? `${what.slice(0, LONGEST).toWellFormed()}…` : what
    if (this.#told.has(name)) return
    if (this.#told.size < MOST) this.#told.set(name, why)
    else this.#more++
  }

  get isEmpty(): boolean {
    return this.#told.size === 0
  }

  /** In the order they were met. */
  list(): readonly { readonly what: string; readonly why: string }[] {
    const told = [...this.#told].map(([what, why]) => ({ what, why }))
    return this.#more === 0 ? told : [...told, { what: `${this.#more} more`, why: "too many to name each" }]
  }
}

/** Members named, and characters of a name: callers make up as many and as long ones as they like. */
const MOST = 64
const LONGEST = 128
