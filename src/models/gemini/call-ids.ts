/** Ids of calls, which the API need not have: results are told by the name of their function, in the order of the calls. */
export class CallIds {
  #count = 0
  /** Calls without a result yet, by name. */
  readonly #open = new Map<string, string[]>()

  called(id: string | undefined, name: string): string {
    // Counted over the conversation, so that it gets the same ids however often it is sent.
    const known = id ?? `call_${this.#count}`
    this.#count++
    const open = this.#open.get(name)
    if (open === undefined) this.#open.set(name, [known])
    else open.push(known)
    return known
  }

  answered(id: string | undefined, name: string): string {
    const open = this.#open.get(name) ?? []
    if (id !== undefined) {
      const at = open.indexOf(id)
      if (at >= 0) open.splice(at, 1)
      return id
    }
    return open.shift() ?? `call_of_${name}`
  }
}
