import { folded } from "../terms/fold.ts"
import { FOLDED_PATTERNS, type Pattern, RAW_PATTERNS } from "./patterns.ts"
import { phrasesIn } from "./phrases.ts"
import type { InjectionSignal } from "./signals.ts"

/** Grows when what is found changes. */
export const PROMPT_INJECTION_VERSION = 1

/** How much a text looks like an attempt to give a model other orders than its operator's. */
export interface InjectionScore {
  /** From 0 to 1, in hundredths: what the signals come to together. */
  readonly score: number
  /** Names of what was seen, each once. */
  readonly signals: readonly InjectionSignal[]
}

interface Seen {
  readonly signal: InjectionSignal
  readonly weight: number
}

/** What is read of an encoded text; more tells nothing more. */
const MOST_DECODED = 4096
const BASE64 = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{24,4096}={0,2}(?![A-Za-z0-9+/])/g
const MOST_ENCODED = 16

/** How much less what is only quoted by somebody who writes about attacks speaks for one. */
const QUOTED_ABOUT = 0.3
const ABOUT = 0.6
/** Of a text about attacks, at least so many words are. */
const LEAST_ABOUT = 2

/** Heuristics, calibrated on `labelled.fixture.ts`: they find what is usual, and can be evaded by who tries. */
export function injectionScore(text: string): InjectionScore {
  const seen = [...seenIn(text), ...encodedIn(text)]
  const strongest = new Map<InjectionSignal, number>()
  for (const { signal, weight } of seen) strongest.set(signal, Math.max(strongest.get(signal) ?? 0, weight))
  let doubt = 1
  for (const weight of strongest.values()) doubt *= 1 - weight
  return { score: Math.round((1 - doubt) * 100) / 100, signals: [...strongest.keys()] }
}

function seenIn(text: string): readonly Seen[] {
  const plain = folded(text)
  const { found, about, words } = phrasesIn(plain)
  const isAbout = about >= LEAST_ABOUT && about * 40 >= words
  const phrases = found.map(({ signal, weight, isQuoted }) => ({
    signal,
    weight: isAbout ? weight * (isQuoted ? QUOTED_ABOUT : ABOUT) : weight,
  }))
  const others = [...matching(RAW_PATTERNS, text), ...matching(FOLDED_PATTERNS, plain)]
  return [...phrases, ...others.map((it) => (isAbout ? { ...it, weight: it.weight * ABOUT } : it))]
}

const matching = (patterns: readonly Pattern[], text: string): readonly Seen[] =>
  patterns.filter(({ pattern }) => pattern.test(text))

/** Orders in Base64: hidden from who reads, not from a model. */
function encodedIn(text: string): readonly Seen[] {
  const seen: Seen[] = []
  let left = MOST_ENCODED
  for (const [encoded] of text.matchAll(BASE64)) {
    if (left-- === 0) break
    const decoded = Buffer.from(encoded.slice(0, MOST_DECODED), "base64").toString("utf8")
    if (!/^[\t\n\r\x20-\x7e\u00a0-\ufffc]{12,4096}$/.test(decoded)) continue
    const inside = seenIn(decoded)
    if (inside.length > 0) seen.push({ signal: "encoded", weight: 0.8 }, ...inside)
  }
  return seen
}
