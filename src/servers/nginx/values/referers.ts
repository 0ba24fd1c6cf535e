import { toBytes } from "../../values/bytes.ts"
import { type Pattern, patternOf } from "../../values/pattern.ts"
import type { Directive } from "../syntax/directive.ts"
import { HostNames } from "./host-names.ts"
import { tryPattern } from "./matching.ts"

/** Who may link here (`valid_referers`), as src/http/modules/ngx_http_referer_module.c reads it. */
export class Referers {
  readonly directives: readonly Directive[]
  /** For each host the beginning its path must have; empty for any. */
  readonly #hosts = new HostNames<string>()
  readonly #patterns: Pattern[] = []
  readonly #serverPatterns: readonly Pattern[]
  readonly #allowsNone: boolean
  readonly #allowsBlocked: boolean

  /** `serverNames`: those of the server it stands in. */
  constructor(directives: readonly Directive[], serverNames: readonly string[]) {
    this.directives = directives
    const words = directives.flatMap((it) => it.args.map((arg) => arg.text))
    this.#allowsNone = words.includes("none")
    this.#allowsBlocked = words.includes("blocked")
    const names = words.includes("server_names") ? serverNames : []
    this.#serverPatterns = names.filter((it) => it.startsWith("~")).map(serverPattern)
    for (const word of words)
      if (word.startsWith("~")) this.#patterns.push(patternOf(word.slice(1), true))
      else if (word !== "none" && word !== "blocked" && word !== "server_names") {
        const slash = word.indexOf("/")
        if (slash === -1) this.#hosts.add(word, "")
        else this.#hosts.add(word.slice(0, slash), toBytes(word.slice(slash)))
      }
    for (const name of names) if (!name.startsWith("~")) this.#hosts.add(name, "")
  }

  isValid(referer: string | undefined): boolean {
    if (referer === undefined) return this.#allowsNone
    const scheme = referer.length >= "http://i.ru".length ? /^https?:\/\//i.exec(referer) : null
    if (scheme === null) return this.#allowsBlocked
    const rest = referer.slice(scheme[0].length)
    const host = /^[^/:]*/.exec(rest)?.[0].toLowerCase() ?? ""
    if (host.length > 256) return false
    const begins = this.#hosts.find(host)
    if (begins !== undefined) {
      const path = rest.slice(host.length).replace(/^[^/]*/, "")
      return begins === "" || path.startsWith(begins)
    }
    return (
      this.#serverPatterns.some((it) => tryPattern(it, host) !== undefined) ||
      this.#patterns.some((it) => tryPattern(it, rest) !== undefined)
    )
  }
}

const serverPattern = (name: string): Pattern => patternOf(name.slice(1), /[A-Z]/.test(name))
