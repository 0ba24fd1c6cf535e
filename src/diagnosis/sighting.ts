import type { Exhibit, Exhibits } from "../exhibits/exhibits.ts"
import type { Clue, Look, Sight, Test } from "../foreign/clue.ts"
import { looked } from "./looked.ts"

/** A clue that was seen: each of its parts where it stands. */
export interface Sighting {
  readonly clue: Clue
  readonly sights: readonly Sight[]
  /** Parts of the case it was seen in; correlated clues of one part count less. */
  readonly part: Exhibit["part"] | "facts"
}

/** Whether a clue is seen. All its parts must be, and none of what speaks against it. */
export function sighting(clue: Clue, exhibits: Exhibits): Sighting | undefined {
  const sights: Sight[] = []
  for (const it of clue.all) {
    const seen = see(it, exhibits)
    if (seen === undefined) return undefined
    sights.push(seen)
  }
  if (clue.none?.some((it) => see(it, exhibits) !== undefined) === true) return undefined
  const [first] = clue.all
  return { clue, sights, part: "see" in first ? "facts" : partOf(sights[0], exhibits) }
}

const partOf = (sight: Sight | undefined, { all }: Exhibits): Sighting["part"] =>
  all.find((it) => it.from === sight?.from)?.part ?? "facts"

function see(it: Look | Test, exhibits: Exhibits): Sight | undefined {
  if ("see" in it) return it.see(exhibits)
  for (const part of it.in)
    for (const exhibit of exhibits.of[part]) {
      const quote = found(it, exhibit)
      if (quote !== undefined) return { from: exhibit.from, quote }
    }
  return undefined
}

function found(look: Look, exhibit: Exhibit): string | undefined {
  const { text, lower } = seenTextOf(exhibit)
  // A pattern costs most when it is first used, and most are of no concern to a case.
  if (look.needles?.some((it) => lower.includes(it)) === false) return undefined
  const wanted = look.text
  if (typeof wanted !== "string") return wanted.exec(text)?.[0]
  const at = lower.indexOf(lowerOf(wanted))
  return at === -1 ? undefined : text.slice(at, at + wanted.length)
}

interface SeenText {
  readonly text: string
  readonly lower: string
}

/** Kept with its exhibit, and gone with it. */
const seenTexts = new WeakMap<Exhibit, SeenText>()

function seenTextOf(exhibit: Exhibit): SeenText {
  const known = seenTexts.get(exhibit)
  if (known !== undefined) return known
  const text = looked(exhibit)
  const seen = { text, lower: lowerOf(text) }
  seenTexts.set(exhibit, seen)
  return seen
}

/** Lower case of ASCII letters only: the length must stay, as positions are used on the text as it came. */
const lowerOf = (text: string): string => text.replace(/[A-Z]+/g, (it) => it.toLowerCase())
