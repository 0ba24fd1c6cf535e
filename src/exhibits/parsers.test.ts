import { expect, test } from "bun:test"
import fc from "fast-check"
import { PARSERS, SAMPLES } from "./parsers.fixture.ts"

/** A place in a text, as a share of its length, so that it fits any text. */
const share = fc.double({ min: 0, max: 1, noNaN: true })

const SIGNS = [
  '"',
  "'",
  "\\",
  "`",
  "^",
  "$",
  "{",
  "}",
  "[",
  "]",
  "(",
  ")",
  "\n",
  "\r\n",
  "\0",
  "\u001b[2J",
  "\ud800",
  "=",
  ":",
  ";",
  "&",
  "%",
  " ",
  "*",
]

/** A sample that something was cut out of, put into, repeated in, or another mixed into. */
const mutated = fc
  .tuple(
    fc.constantFrom(...SAMPLES),
    fc.array(
      fc.record({
        from: share,
        to: share,
        put: fc.oneof(fc.constantFrom(...SIGNS, ...SAMPLES), fc.string({ unit: "binary", maxLength: 12 })),
        times: fc.integer({ min: 0, max: 3 }),
      }),
      { maxLength: 6 },
    ),
  )
  .map(([sample, changes]) =>
    changes.reduce((text, { from, to, put, times }) => {
      const [start = 0, end = 0] = [from, to].map((it) => Math.floor(it * text.length)).toSorted((a, b) => a - b)
      return text.slice(0, start) + put.repeat(times) + text.slice(times === 0 ? end : start)
    }, sample),
  )

const hostile = fc.oneof(
  mutated,
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.json({ maxDepth: 6 }),
  fc
    .array(fc.constantFrom(...SIGNS, "token", "curl ", "-H", "http://a", "GET / HTTP/1.1", "1"), { maxLength: 60 })
    .map((it) => it.join("")),
)

for (const { name, parse } of PARSERS)
  test(`no text makes a parser throw: ${name}`, () => {
    fc.assert(
      fc.property(hostile, (text) => {
        parse(text)
      }),
      { numRuns: 150 },
    )
  })

test("deep nesting makes no parser throw", () => {
  for (const deep of [
    "[".repeat(60_000),
    `${"[".repeat(60_000)}${"]".repeat(60_000)}`,
    '{"a":'.repeat(30_000),
    "f(".repeat(30_000),
    "$(".repeat(30_000),
    "@{".repeat(30_000),
    `fetch(${"{a:".repeat(30_000)}`,
  ])
    for (const { name, parse } of PARSERS) expect(() => parse(deep), name).not.toThrow()
})

/** What many parsers have to look far for. */
const REPEATED = [
  ...SAMPLES.map((it) => `${it}\n`),
  ...[
    "key=",
    'token="',
    "authorization: ",
    "'",
    '"',
    "\\",
    "[",
    "{",
    "$'",
    "^\n",
    "a\n",
    ", client: ",
    '[id "',
    "http://a:b@",
    "eyJ",
    "<a>",
    'name="token" value=',
    "-----BEGIN PRIVATE KEY-----",
    "cookies: [",
    "%20eyJ",
    "token: |\n ",
    'log_format a "',
    "GET / ",
    "curl -d '",
  ],
]

const SMALL = 8_000
const TIMES = 16

/** Milliseconds of this process's own time, so that a busy machine adds little; the least of several runs. */
function least(runs: number, parse: (text: string) => unknown, text: string): number {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < runs; run++) {
    const begin = process.cpuUsage()
    parse(text)
    const { user, system } = process.cpuUsage(begin)
    best = Math.min(best, (user + system) / 1000)
  }
  return best
}

for (const { name, parse } of PARSERS)
  test(`time grows as the text does: ${name}`, () => {
    for (const piece of REPEATED) {
      const small = piece.repeat(Math.ceil(SMALL / piece.length))
      const large = small.repeat(TIMES)
      // Where even the long text is read at once there is nothing to compare.
      if (least(1, parse, large) < 250) continue
      // With the square of the length it would be 256 times; the rest is room for a busy machine.
      expect(least(3, parse, large) / Math.max(least(3, parse, small), 1), piece.slice(0, 40)).toBeLessThan(TIMES * 10)
    }
  }, 60_000)
