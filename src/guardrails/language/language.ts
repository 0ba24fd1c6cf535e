import { COMMON_WORDS, type WordLanguage } from "./words.ts"

/** ISO 639-1 codes of what can be told apart. */
export const LANGUAGES = [
  ...(["en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "cs", "tr", "vi", "ru", "uk"] as const),
  ...(["ar", "fa", "he", "hi", "th", "el", "zh", "ja", "ko"] as const),
] as const
export type Language = (typeof LANGUAGES)[number]

export const LANGUAGE_VERSION = 1

/** Which language a text is in, and how sure that is, from 0 to 1. */
export interface LanguageSeen {
  readonly language: Language | "unknown"
  readonly confidence: number
}

const UNKNOWN_LANGUAGE: LanguageSeen = { language: "unknown", confidence: 0 }

/** Letters of a script that no other language here writes with. */
const SCRIPTS: readonly (readonly [language: Language, letters: RegExp])[] = [
  ["he", /[\u0590-\u05ff]/gu],
  ["hi", /[\u0900-\u097f]/gu],
  ["th", /[\u0e00-\u0e7f]/gu],
  ["el", /[\u0370-\u03ff]/gu],
  ["ko", /[\uac00-\ud7a3\u1100-\u11ff]/gu],
]
const KANA = /[\u3040-\u30ff]/gu
const HAN = /[\u3400-\u9fff]/gu
const ARABIC = /[\u0600-\u06ff]/gu
const PERSIAN = /[پچژگکی]/gu
const WORDS = /[\p{L}\p{M}][\p{L}\p{M}'’]*/gu

/** What is looked at; languages do not change by being longer. */
const MOST_LOOKED_AT = 20_000
/** Letters of one script, by which a short text is told as well. */
const LEAST_LETTERS = 4
/** Common words that must be there: fewer may be chance. */
const LEAST_WORDS = 3
/** Share of words that are common ones in ordinary text, about; by it a share becomes a confidence. */
const USUAL_SHARE = 0.25

/** Told by its script, and where languages share one, by its commonest words. `unknown` for what is short, mixed or no prose. */
export function languageOf(text: string): LanguageSeen {
  const looked = text.slice(0, MOST_LOOKED_AT)
  const letters = count(looked, /\p{L}/gu)
  if (letters < LEAST_LETTERS) return UNKNOWN_LANGUAGE
  return byScript(looked, letters) ?? byWords(looked)
}

const count = (text: string, pattern: RegExp): number => {
  let found = 0
  for (const _ of text.matchAll(pattern)) found++
  return found
}

/** The script that most letters are of, where that tells the language. */
function byScript(text: string, letters: number): LanguageSeen | undefined {
  const of = (language: Language, found: number): LanguageSeen | undefined =>
    found * 2 > letters && found >= LEAST_LETTERS
      ? { language, confidence: Math.min(1, Math.round((found / letters) * 100) / 100) }
      : undefined
  for (const [language, pattern] of SCRIPTS) {
    const seen = of(language, count(text, pattern))
    if (seen !== undefined) return seen
  }
  const kana = count(text, KANA)
  const han = count(text, HAN)
  // Japanese writes endings in kana; a Chinese text has next to none.
  const eastern = kana * 10 > han ? of("ja", kana + han) : of("zh", kana + han)
  const arabic = count(text, ARABIC)
  return eastern ?? of(count(text, PERSIAN) * 12 > arabic ? "fa" : "ar", arabic)
}

let known: ReadonlyMap<string, readonly WordLanguage[]> | undefined

function languagesOf(word: string): readonly WordLanguage[] {
  known ??= wordsByLanguage()
  return known.get(word) ?? []
}

function wordsByLanguage(): ReadonlyMap<string, readonly WordLanguage[]> {
  const all = new Map<string, WordLanguage[]>()
  for (const language of LANGUAGES) {
    if (!isWordLanguage(language)) continue
    for (const word of new Set(COMMON_WORDS[language].split(/\s+/))) {
      const those = all.get(word) ?? []
      those.push(language)
      all.set(word, those)
    }
  }
  return all
}

const isWordLanguage = (language: Language): language is WordLanguage => language in COMMON_WORDS

function byWords(text: string): LanguageSeen {
  const scores = new Map<WordLanguage, number>()
  const hits = new Map<WordLanguage, number>()
  let words = 0
  for (const [found] of text.matchAll(WORDS)) {
    words++
    const those = languagesOf(found.toLowerCase().replaceAll("’", "'"))
    for (const it of those) {
      hits.set(it, (hits.get(it) ?? 0) + 1)
      // What many languages have says less.
      scores.set(it, (scores.get(it) ?? 0) + 1 / those.length)
    }
  }
  const [best, second] = [...scores].sort(([, a], [, b]) => b - a)
  if (best === undefined || (hits.get(best[0]) ?? 0) < LEAST_WORDS) return UNKNOWN_LANGUAGE
  const lead = (best[1] - (second?.[1] ?? 0)) / best[1]
  const share = Math.min(1, best[1] / words / USUAL_SHARE)
  const confidence = Math.round(Math.min(1, lead * 1.5) * share * 100) / 100
  return { language: best[0], confidence }
}
