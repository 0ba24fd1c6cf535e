import { LOOKBEHIND, MORE, type Scanner, type Scanners } from "./scanner.ts"

/** A text that comes in pieces, and goes on in pieces once it is known what may be sent. */
export interface TextFilter {
  /** What may be sent now. Held back is only what could still become a finding. */
  push(text: string): string
  /** What is left once no more comes. */
  end(): string
}

/** What is put in the place of a finding: `[EMAIL]`. */
export const blotOf = (kind: string): string => `[${kind.toUpperCase()}]`

/** Characters looked at before those behind them are dropped. */
const COMPACT = 4096

/**
 * Passes a text on with what scanners find blotted out, or up to the first finding.
 *
 * Nothing of a finding is ever passed on: a place is held back until it is decided, so that the pieces in which a text comes
 * make no difference.
 */
export class Sieve implements TextFilter {
  readonly #scanners: Scanners
  readonly #stops: boolean
  #text = ""
  /** The first character that was not decided. */
  #at = 0
  /** Found last, and whether it may go on at `#at`. */
  #last: Scanner | undefined
  #isOpen = false
  #stopped: string | undefined

  /** `does`: what becomes of a finding. */
  constructor(scanners: Scanners, does: "blot" | "stop") {
    this.#scanners = scanners
    this.#stops = does === "stop"
  }

  /** The kind of the finding it stopped at. Nothing is passed on afterwards. */
  get stopped(): string | undefined {
    return this.#stopped
  }

  push(text: string): string {
    this.#text += text
    return this.#sift(false)
  }

  end(): string {
    return this.#sift(true)
  }

  #sift(isWhole: boolean): string {
    if (this.#stopped !== undefined) return ""
    let out = ""
    let from = this.#at
    while (this.#at < this.#text.length) {
      if (this.#isOpen && !this.#swallow(isWhole)) break
      if (this.#at >= this.#text.length) break
      from = Math.max(from, this.#at)
      const length = this.#pass(isWhole)
      out += this.#text.slice(from, this.#at)
      from = this.#at
      if (length <= 0) break
      out += this.#take(length)
      if (this.#stopped !== undefined) return out
      from = this.#at
    }
    this.#compact()
    return out
  }

  /** Goes to the next place where something begins, and answers how long it is; 0 at the end of what is there. */
  #pass(isWhole: boolean): number {
    const text = this.#text
    for (; this.#at < text.length; this.#at++) {
      const length = this.#scanners.at(text, this.#at, isWhole)
      if (length !== 0) return length
      this.#last = undefined
    }
    return 0
  }

  /** What stands for a finding. What goes on directly as the same kind was blotted out already. */
  #take(length: number): string {
    const { found } = this.#scanners
    if (found === undefined) throw new Error("something was found by nobody")
    if (this.#stops) {
      this.#stopped = found.kind
      this.#text = ""
      return ""
    }
    const isSame = this.#last?.kind === found.kind
    this.#at += length
    this.#last = found
    this.#isOpen = found.goesOn !== undefined
    return isSame ? "" : blotOf(found.kind)
  }

  /** Drops what belongs to the last finding. False: only more text tells where it ends. */
  #swallow(isWhole: boolean): boolean {
    while (this.#at < this.#text.length) {
      const more = this.#last?.goesOn?.(this.#text, this.#at, isWhole) ?? 0
      if (more === MORE) return false
      if (more === 0) {
        this.#isOpen = false
        return true
      }
      this.#at += more
    }
    return true
  }

  #compact(): void {
    if (this.#at < COMPACT) return
    const from = this.#at - LOOKBEHIND
    this.#text = this.#text.slice(from)
    this.#at -= from
  }
}

/** Several in a row, each given what the one before passes on. */
export class FilterChain implements TextFilter {
  readonly #filters: readonly TextFilter[]

  constructor(filters: readonly TextFilter[]) {
    this.#filters = filters
  }

  push(text: string): string {
    return this.#filters.reduce((passed, it) => it.push(passed), text)
  }

  end(): string {
    return this.#filters.reduce((passed, it) => (passed === "" ? "" : it.push(passed)) + it.end(), "")
  }
}
