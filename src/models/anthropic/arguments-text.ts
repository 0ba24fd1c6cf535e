/**
 * Arguments of a call as they come in pieces. `{}` is told as no text, as it is where a provider streams nothing for a call
 * without arguments; so what may become that is held back.
 */
export class ArgumentsText {
  #held: string | undefined = ""

  /** What of it can be told now; often all of the piece. */
  add(piece: string): string {
    if (this.#held === undefined) return piece
    const all = this.#held + piece
    if (all === "" || all === "{" || all === "{}") {
      this.#held = all
      return ""
    }
    this.#held = undefined
    return all
  }

  /** What is left, at the end. */
  rest(): string {
    return this.#held === "{" ? "{" : ""
  }
}
