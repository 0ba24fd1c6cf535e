import { plain } from "./line.ts"
import { joined } from "./place.ts"
import { readModeWord, type Sighting } from "./sighting.ts"
import { wordsOf } from "./words.ts"

/**
 * Follows the output of `namei -l` or `namei -m` (with `-x` or without) down its path: each line names one component, the
 * lines below a link begin where it lies or at the root.
 */
export class NameiReader {
  #at: string | undefined
  #hasOwners: boolean | undefined

  /** `f: /var/www/html`; where it is relative, from where it was run. */
  begin(line: string, cwd: string | undefined): boolean {
    if (!line.startsWith("f: ")) return false
    this.#at = line.slice(3).startsWith("/") ? "" : cwd
    this.#hasOwners = undefined
    return true
  }

  end(): void {
    this.#at = undefined
  }

  /** The component a line shows, by its absolute path; undefined where it is no line of namei, or one without a place. */
  read(line: string): Sighting | undefined {
    const words = wordsOf(line, 4)
    const [first, second, third, fourth] = words
    const mode = first === undefined ? undefined : readModeWord(first.text)
    if (mode === undefined || second === undefined) return undefined
    // Each way begins at a root that shows its form; a name may hold blanks, so that words cannot be counted later.
    if (second.text === "/" && third === undefined) this.#hasOwners = false
    else if (fourth?.text === "/") this.#hasOwners = true
    const hasOwners = this.#hasOwners ?? (fourth !== undefined && third?.text !== "->")
    const start = hasOwners ? fourth : second
    if (start === undefined) return undefined
    const [name = "", target] = line.slice(start.start).split(" -> ", 2)
    const path = this.#step(plain(name), mode.kind)
    if (path === undefined) return undefined
    const owners = hasOwners && third !== undefined ? { user: second.text, group: third.text } : {}
    return { ...mode, ...owners, name: path, ...(target === undefined ? {} : { target: plain(target) }) }
  }

  #step(name: string, kind: Sighting["kind"]): string | undefined {
    if (name === "/") this.#at = ""
    if (name === "/") return "/"
    if (this.#at === undefined) return undefined
    const path = joined(this.#at === "" ? "/" : this.#at, name)
    // What comes below a link does not lie in it; beyond a path that is too long, nothing lies anywhere.
    if (path === undefined) this.#at = undefined
    else if (kind !== "link") this.#at = path === "/" ? "" : path
    return path
  }
}
