import type { GuardedText } from "../../facts/world.ts"
import { type InjectionScore, injectionScore } from "./prompt-injection.ts"

/** Score and signals are two facts of the same texts. */
const known = new WeakMap<readonly GuardedText[], InjectionScore>()

/** The highest score of what users and tools say, and the signals of all: who runs the gateway and the model itself are trusted. */
export function worstOf(texts: readonly GuardedText[]): InjectionScore {
  const before = known.get(texts)
  if (before !== undefined) return before
  const scores = texts.filter(({ role }) => role === "user" || role === "tool").map(({ text }) => injectionScore(text))
  const worst = {
    score: Math.max(0, ...scores.map(({ score }) => score)),
    signals: [...new Set(scores.flatMap(({ signals }) => signals))],
  }
  known.set(texts, worst)
  return worst
}
