/**
 * The header fields of one message, in the order they came.
 *
 * Three parallel arrays and no map: a message has about ten fields, and a loop over ten interned strings costs
 * less than building a map for each message.
 */
export class Fields {
  /** Lower case. */
  readonly names: string[] = []
  /** As sent, so that a relayed message keeps its spelling. */
  readonly spelled: string[] = []
  /** Without surrounding blanks. Bytes above 0x7f are kept as latin1 characters. */
  readonly values: string[] = []

  get size(): number {
    return this.names.length
  }

  add(spelled: string, value: string): void {
    this.push(spelled.toLowerCase(), spelled, value)
  }

  /** `add` for a caller that has the lower case `name` at hand. */
  push(name: string, spelled: string, value: string): void {
    this.names.push(name)
    this.spelled.push(spelled)
    this.values.push(value)
  }

  /** The first value of a field; `name` in lower case. */
  get(name: string): string | undefined {
    const at = this.names.indexOf(name)
    return at < 0 ? undefined : this.values[at]
  }

  /** All values of a field, in order; `name` in lower case. */
  all(name: string): string[] {
    const found: string[] = []
    for (let i = 0; i < this.names.length; i++) if (this.names[i] === name) found.push(this.values[i] as string)
    return found
  }
}
