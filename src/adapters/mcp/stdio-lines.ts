/** Characters of one line; a message of more is none. */
const LONGEST = 32 * 1024 * 1024

/** Cuts what a program writes into lines. */
export class Lines {
  readonly #decoder = new TextDecoder("utf-8")
  readonly #onLine: (line: string) => void
  #rest = ""

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine
  }

  /** False: a line is longer than any may be. */
  push(bytes: Uint8Array): boolean {
    const lines = this.#decoder.decode(bytes, { stream: true }).split("\n")
    const last = lines.pop() ?? ""
    for (const line of lines) {
      const whole = (this.#rest + line).trim()
      this.#rest = ""
      if (whole !== "") this.#onLine(whole)
    }
    this.#rest += last
    return this.#rest.length <= LONGEST
  }
}
