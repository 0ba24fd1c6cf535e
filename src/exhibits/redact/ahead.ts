/** Finds signs ahead in a text, and remembers where, so that looking again from further on costs nothing. */
export class Ahead {
  readonly text: string
  /** Lists up to here have been looked through. */
  listedUntil = 0
  readonly #found = new Map<string, { readonly from: number; readonly at: number }>()

  constructor(text: string) {
    this.text = text
  }

  /** Where the sign stands next at `from` or behind it; -1 for nowhere. */
  next(sign: string, from: number): number {
    const known = this.#found.get(sign)
    if (known !== undefined && from >= known.from && (known.at < 0 || from <= known.at)) return known.at
    const at = this.text.indexOf(sign, from)
    this.#found.set(sign, { from, at })
    return at
  }
}
