/**
 * What could not be carried from one format into another, each told once. Nothing is dropped without being named here: the
 * caller is told in `Pinpoint-Dropped`, or refused where the model asks for that.
 */
export class Losses {
  readonly #told = new Map<string, string>()

  /** `what`: the member as the inbound format or the form names it (`logit_bias`, `citations`); `why`: a clause of a sentence. */
  drop(what: string, why: string): void {
    if (!this.#told.has(what)) this.#told.set(what, why)
  }

  get isEmpty(): boolean {
    return this.#told.size === 0
  }

  /** In the order they were met. */
  list(): readonly { readonly what: string; readonly why: string }[] {
    return [...this.#told].map(([what, why]) => ({ what, why }))
  }
}
