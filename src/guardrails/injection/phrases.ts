import type { InjectionSignal } from "./signals.ts"
import { bitOf, kindsOf, type WordKind } from "./vocabulary.ts"

/** Kinds of words that stand close together, and what that speaks for. */
interface Phrase {
  readonly signal: InjectionSignal
  readonly weight: number
  /** The first begins it; the others follow within so many words, in any order. */
  readonly kinds: readonly [first: WordKind, ...rest: WordKind[]]
  readonly within: number
}

const PHRASES: readonly Phrase[] = [
  { signal: "override", weight: 0.85, kinds: ["drop", "before", "orders"], within: 7 },
  { signal: "new-orders", weight: 0.35, kinds: ["now", "orders"], within: 4 },
  { signal: "reveal-prompt", weight: 0.8, kinds: ["reveal", "hidden", "orders"], within: 8 },
  { signal: "persona", weight: 0.75, kinds: ["become", "unbound"], within: 12 },
  { signal: "persona", weight: 0.7, kinds: ["become", "without", "orders"], within: 12 },
  { signal: "steal", weight: 0.45, kinds: ["send", "loot"], within: 8 },
]
const LONGEST = Math.max(...PHRASES.map(({ within }) => within))
const MASKS = PHRASES.map(({ kinds: [first, ...rest] }) => ({
  first: bitOf(first),
  rest: rest.reduce((all, it) => all | bitOf(it), 0),
}))
const ABOUT = bitOf("about")

export interface PhraseFound {
  readonly signal: InjectionSignal
  readonly weight: number
  /** Whether it stands in quotation marks. */
  readonly isQuoted: boolean
}

export interface Phrases {
  readonly found: readonly PhraseFound[]
  /** Words of somebody who writes about attacks. */
  readonly about: number
  readonly words: number
}

const WORD = /[\p{L}\p{N}']+|["`\u201c\u201d\u201e\u00ab\u00bb]/gu
const LONGEST_WORD = 40

/** Finds phrases in folded text, word by word. */
export function phrasesIn(text: string): Phrases {
  const kinds: number[] = []
  const quoted: boolean[] = []
  let isQuoted = false
  let about = 0
  for (const [word] of text.matchAll(WORD)) {
    if (/^["`\u201c\u201d\u201e\u00ab\u00bb]$/.test(word)) {
      isQuoted = !isQuoted
      continue
    }
    const bits = word.length > LONGEST_WORD ? 0 : kindsOf(word)
    if ((bits & ABOUT) !== 0) about++
    kinds.push(bits)
    quoted.push(isQuoted)
  }
  return { found: foundIn(kinds, quoted), about, words: kinds.length }
}

function foundIn(kinds: readonly number[], quoted: readonly boolean[]): readonly PhraseFound[] {
  const found = new Map<InjectionSignal, PhraseFound>()
  for (let at = 0; at < kinds.length; at++) {
    const here = kinds[at] ?? 0
    if (here === 0) continue
    for (const [index, { signal, weight, within }] of PHRASES.entries()) {
      const mask = MASKS[index]
      if (mask === undefined || (here & mask.first) === 0 || !follows(kinds, at, within, mask.rest)) continue
      const isQuoted = quoted[at] === true
      // What stands outside of quotation marks is meant.
      if (found.get(signal)?.isQuoted !== false) found.set(signal, { signal, weight, isQuoted })
    }
  }
  return [...found.values()]
}

/** Whether words of all these kinds follow, each its own. */
function follows(kinds: readonly number[], at: number, within: number, rest: number): boolean {
  let open = rest
  for (let next = at + 1; next <= at + Math.min(within, LONGEST) && open !== 0; next++) {
    const here = (kinds[next] ?? 0) & open
    // A word of two kinds stands for the first.
    if (here !== 0) open &= ~(here & -here)
  }
  return open === 0
}
