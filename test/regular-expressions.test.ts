import { expect, setDefaultTimeout, test } from "bun:test"
import { piecesOf, unboundedPatterns } from "./regular-expressions.fixture.ts"

setDefaultTimeout(240_000)

const KIB = 1024
/** Milliseconds a few thousand letters take where each is looked at once for each other: in proportion it is a hundredth of that. */
const SUSPICIOUS = 1.5
const SIZES = [8 * KIB, 16 * KIB] as const
const SLOW = 15
/** Twice the text in four times the time is the square; the room below is for a busy machine. */
const STEEP = 3

/** Milliseconds of processor time, least of several. */
function least(runs: number, pattern: RegExp, text: string): number {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage()
    pattern.test(text)
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / 1000)
  }
  return best
}

/** The piece of which twice as much takes far more than twice the time; none where time grows as the text does. */
function steepest(pattern: RegExp, sizes: readonly [small: number, large: number]): string | undefined {
  const [small, large] = sizes
  // What fits nothing comes at the end, so that an end that is looked for is not found.
  const made = (piece: string, size: number): string => `${piece.repeat(Math.ceil(size / piece.length))}\u0001`
  return piecesOf(pattern).find((piece) => {
    if (least(2, pattern, made(piece, 4 * KIB)) < SUSPICIOUS) return false
    const slow = least(2, pattern, made(piece, large))
    return slow > SLOW && slow / least(4, pattern, made(piece, small)) > STEEP
  })
}

test("time of no pattern grows faster than the hostile text it looks at", async () => {
  const patterns = await unboundedPatterns()
  expect(patterns.length).toBeGreaterThan(100)
  const steep = patterns.flatMap(({ file, pattern }) => {
    const piece = steepest(pattern, SIZES)
    return piece === undefined ? [] : [`${file}: ${pattern} on ${JSON.stringify(piece)}`]
  })
  expect(steep).toEqual([])
})

test.each([[/[;\s]+$/], [/wsgi\w*alias/i]])("%p is found to be steep", (pattern) => {
  expect(steepest(pattern, SIZES)).toBeDefined()
})
