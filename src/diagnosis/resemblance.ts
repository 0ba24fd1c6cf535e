import { readFileSync } from "node:fs"
import type { Exhibits } from "../exhibits/exhibits.ts"
import type { Sight } from "../foreign/clue.ts"
import { wordsOf } from "./words.ts"

/** How much the words of a case are those of a cause's own page and of earlier cases of it. */
export interface Resemblance {
  readonly code: string
  /** In nats, as a clue weighs; at most as a fair one, as words alone prove nothing. */
  readonly weight: number
  readonly words: readonly string[]
  /** Where the most telling word stands. */
  readonly sight: Sight
}

/** Turns the cosine of two texts into nats, and its bound; fitted by cross-validation on the labelled cases. */
const STEEPNESS = 10
const MOST = 2.3
const LEAST = 0.4
/** One word of a short text can be like anything. */
const ENOUGH = 4
/** More would take from the likely ones what none of them can have. */
const MOST_CODES = 4
const MOST_WORDS = 4
/** Characters looked at of one exhibit. */
const MOST_CHARS = 32_768

interface Learnt {
  readonly unseen: number
  readonly rarity: Readonly<Record<string, number>>
  readonly causes: Readonly<Record<string, Readonly<Record<string, number>>>>
}

// Only ASCII stands in it, so that it is read as it is.
const learnt: Learnt = JSON.parse(readFileSync(new URL("./resemblance.gen.txt", import.meta.url), "latin1"))
const { causes: CAUSES, rarity: RARITY } = learnt

/** Own names only: a word of the case may be what every object has. */
const rarityOf = (word: string): number | undefined => (Object.hasOwn(RARITY, word) ? RARITY[word] : undefined)

/** Causes whose words a case shares (cosine of tf-idf vectors; Salton and McGill 1983), most alike first. */
export function resemblances({ all }: Exhibits): readonly Resemblance[] {
  const words = new Set<string>()
  for (const { text } of all) for (const it of wordsOf(text.slice(0, MOST_CHARS))) words.add(it)
  let length = 0
  for (const it of words) length += (rarityOf(it) ?? learnt.unseen) ** 2
  if (length === 0) return []
  const found: Resemblance[] = []
  for (const [code, own] of Object.entries(CAUSES)) {
    const shared: { readonly word: string; readonly by: number }[] = []
    for (const word in own) if (words.has(word)) shared.push({ word, by: (own[word] ?? 0) * (rarityOf(word) ?? 0) })
    const cosine = shared.reduce((sum, it) => sum + it.by, 0) / Math.sqrt(length)
    const weight = Math.min(MOST, STEEPNESS * cosine) * Math.min(1, shared.length / ENOUGH)
    if (weight < LEAST) continue
    const telling = shared.sort((a, b) => b.by - a.by).map((it) => it.word)
    const sight = sightOf(telling, all)
    if (sight !== undefined) found.push({ code, weight, words: telling.slice(0, MOST_WORDS), sight })
  }
  return found.sort((a, b) => b.weight - a.weight).slice(0, MOST_CODES)
}

function sightOf(words: readonly string[], all: Exhibits["all"]): Sight | undefined {
  for (const word of words)
    for (const { from, text } of all) {
      const at = text.slice(0, MOST_CHARS).toLowerCase().indexOf(word)
      if (at !== -1) return { from, quote: text.slice(at, at + word.length) }
    }
  return undefined
}
