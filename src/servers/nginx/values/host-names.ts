/**
 * Names of hosts with wildcards, looked up as nginx does (src/core/ngx_hash.c): the exact name, the longest wildcard at the
 * beginning, the longest at the end. `.example.org` is `example.org` and `*.example.org`.
 */
export class HostNames<T> {
  readonly #exact = new Map<string, T>()
  readonly #endings = new Map<string, T>()
  readonly #beginnings = new Map<string, T>()

  /** Of what follows a star, and of what stands before one: no part of a host that is longer is looked up. */
  #longest = 0

  /** The first of equal names wins. False for what is no name: a star elsewhere than in the place of a whole end. */
  add(written: string, value: T): boolean {
    const name = written.toLowerCase()
    this.#longest = Math.max(this.#longest, name.length)
    if (name.startsWith(".")) {
      if (name.includes("*")) return false
      addOnce(this.#exact, name.slice(1), value)
      addOnce(this.#endings, name.slice(1), value)
    } else if (name.startsWith("*.")) {
      if (name.includes("*", 1)) return false
      addOnce(this.#endings, name.slice(2), value)
    } else if (name.endsWith(".*")) {
      if (name.indexOf("*") < name.length - 1) return false
      addOnce(this.#beginnings, name.slice(0, -2), value)
    } else if (name.includes("*")) return false
    else addOnce(this.#exact, name, value)
    return true
  }

  addExact(name: string, value: T): void {
    addOnce(this.#exact, name.toLowerCase(), value)
  }

  /** `host`: in lower case. */
  find(host: string): T | undefined {
    const exact = this.#exact.get(host)
    if (exact !== undefined || host === "") return exact
    if (this.#endings.size > 0)
      for (let dot = host.indexOf(".", host.length - this.#longest - 1); dot !== -1; dot = host.indexOf(".", dot + 1)) {
        const found = this.#endings.get(host.slice(dot + 1))
        if (found !== undefined) return found
      }
    if (this.#beginnings.size > 0)
      for (let dot = host.lastIndexOf(".", this.#longest); dot > 0; dot = host.lastIndexOf(".", dot - 1)) {
        const found = this.#beginnings.get(host.slice(0, dot))
        if (found !== undefined) return found
      }
    return undefined
  }

  /** One name for each that was added, stars replaced by a word. */
  get examples(): readonly string[] {
    return [
      ...this.#exact.keys(),
      ...[...this.#endings.keys()].map((it) => `any.${it}`),
      ...[...this.#beginnings.keys()].map((it) => `${it}.example`),
    ]
  }
}

function addOnce<T>(names: Map<string, T>, name: string, value: T): void {
  if (!names.has(name)) names.set(name, value)
}
