/** Letters, digits, hyphens, parentheses, brackets and single spaces, as the reference of `DocumentBlock` says. */
const REFUSED = /[^a-zA-Z0-9\-()[\] ]+/g

/** Names as Bedrock takes them, each once in a request. A name is asked for, so a document without one is numbered. */
export class DocumentNames {
  readonly #taken = new Set<string>()

  of(name: string | undefined): string {
    const clean = (name ?? "").replace(REFUSED, " ").replace(/ +/g, " ").trim().slice(0, 180)
    let made = clean === "" ? "document" : clean
    for (let n = 2; this.#taken.has(made); n++) made = `${clean === "" ? "document" : clean} ${n}`
    this.#taken.add(made)
    return made
  }
}
