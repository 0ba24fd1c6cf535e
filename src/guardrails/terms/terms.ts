import { isEscape } from "../characters.ts"
import { MORE, type Scanner } from "../scanner.ts"
import { BLANK, DISGUISES, FoldReader, SKIPPED } from "./fold.ts"
import { type TermNode, termTree } from "./term-tree.ts"

/** Grows when what is found changes. */
export const TERMS_VERSION = 1

/** Characters of a term, at most, as the schema of settings says. */
export const LONGEST_TERM = 100
/** With what is put between its letters, and what is not seen. */
const MOST_WALKED = 320
/** Blanks and hyphens where a term has one. */
const MOST_BLANKS = 3
/** Put between all letters of a word: `b.a.d`. */
const SPACERS = ". -_*~·|/"
/** By blanks between letters, shorter ones are often something else: `a s a p`. */
const LEAST_SPACED = 4

/** Scripts that write no blanks between words. */
const isUnspaced = (code: number): boolean =>
  (code >= 0x0e00 && code <= 0x0eff) || (code >= 0x2e80 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7a3)

/** Of what is only disguise, nothing can be told: `455` is a number. */
const isGenuine = (genuine: number, length: number): boolean => genuine * 5 >= length * 2

/** One way through the tree, and how many characters of it are what they look like. */
interface Way {
  readonly node: TermNode
  readonly genuine: number
  readonly length: number
}

/**
 * Words and phrases of a list, as whole words, in any case, with any marks, also disguised: letters of other scripts that look
 * alike, digits for letters, characters that are not seen, a sign between all letters.
 */
export class Terms implements Scanner {
  readonly kind: string
  readonly #root: TermNode
  readonly #reader = new FoldReader()
  readonly #isDisguised: boolean

  /** `isDisguised`: whether what only looks like a term is one, too. Not for names: nobody hides those. */
  constructor(kind: string, terms: readonly string[], isDisguised: boolean) {
    this.kind = kind
    this.#root = termTree(terms)
    this.#isDisguised = isDisguised
  }

  begins(code: number): boolean {
    if (code === 0xd835) return true
    const folded = this.#reader.read(String.fromCharCode(code), 0)
    return this.#steps(folded).some((it) => this.#root.next.has(it))
  }

  at(text: string, from: number, isWhole: boolean): number {
    if (!this.#isStart(text, from)) return 0
    const plain = this.#walk(text, from, isWhole)
    if (plain !== 0 || !this.#isDisguised) return plain
    return this.#walkSpaced(text, from, isWhole)
  }

  /** What a folded character may stand for, itself first. */
  #steps(code: number): readonly number[] {
    const others = this.#isDisguised ? DISGUISES.get(code) : undefined
    return others === undefined ? [code] : [code, ...others]
  }

  #next(ways: readonly Way[], code: number): readonly Way[] {
    const steps = this.#steps(code)
    const found: Way[] = []
    for (const { node, genuine, length } of ways)
      for (const step of steps) {
        const next = node.next.get(step)
        if (next !== undefined)
          found.push({ node: next, genuine: genuine + (step === code ? 1 : 0), length: length + 1 })
      }
    return found
  }

  #walk(text: string, from: number, isWhole: boolean): number {
    let ways: readonly Way[] = [{ node: this.#root, genuine: 0, length: 0 }]
    let [found, blanks] = [0, 0]
    for (let at = from; at < from + MOST_WALKED; ) {
      if (at >= text.length) return isWhole ? this.#found(ways, found, text, from, at) : MORE
      // Half of a pair.
      if (text.charCodeAt(at) === 0xd835 && at + 1 >= text.length && !isWhole) return MORE
      const code = this.#reader.read(text, at)
      const { took } = this.#reader
      if (code !== SKIPPED) {
        found = this.#found(ways, found, text, from, at)
        blanks = code === BLANK ? blanks + 1 : 0
        if (blanks < 2) ways = this.#next(ways, code)
        if (ways.length === 0 || blanks > MOST_BLANKS) return found
      }
      at += took
    }
    return found
  }

  /** The length of a term that ends before `at`, or what was found before. */
  #found(ways: readonly Way[], before: number, text: string, from: number, at: number): number {
    const ends = ways.some(({ node, genuine, length }) => node.ends && isGenuine(genuine, length))
    return ends && this.#isEnd(text, at) ? at - from : before
  }

  /** One sign between every two letters, always the same. */
  #walkSpaced(text: string, from: number, isWhole: boolean): number {
    const spacer = text.charAt(from + 1)
    if (from + 1 >= text.length) return isWhole ? 0 : MORE
    if (!SPACERS.includes(spacer)) return 0
    let ways: readonly Way[] = [{ node: this.#root, genuine: 0, length: 0 }]
    for (let at = from; at < from + MOST_WALKED; at += 2) {
      if (at + 2 >= text.length && !isWhole) return MORE
      ways = this.#next(ways, this.#reader.read(text, at)).filter((it) => it.length > 0)
      if (ways.length === 0) return 0
      const goesOn = text[at + 1] === spacer && this.#reader.isWord(text.charCodeAt(at + 2))
      const isLong = (length: number): boolean => length >= (spacer === " " ? LEAST_SPACED : LEAST_SPACED - 1)
      const ends = ways.some(({ node, genuine, length }) => node.ends && isGenuine(genuine, length) && isLong(length))
      if (!goesOn) return ends && this.#isEnd(text, at + 1) ? at + 1 - from : 0
    }
    return 0
  }

  #isStart(text: string, from: number): boolean {
    if (isUnspaced(text.charCodeAt(from))) return true
    if (isEscape(text, from)) return false
    let before = from - 1
    for (let most = 4; most > 0 && before >= 0 && this.#reader.read(text, before) === SKIPPED; most--) before--
    if (!this.#reader.isWord(text.charCodeAt(before))) return true
    return isEscape(text, before)
  }

  #isEnd(text: string, at: number): boolean {
    return !this.#reader.isWord(text.charCodeAt(at)) || isUnspaced(text.charCodeAt(at - 1))
  }
}
