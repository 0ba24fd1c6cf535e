import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { findingsIn, LOOKAHEAD, MORE, type Scanner, Scanners } from "./scanner.ts"
import { SENSITIVE_KINDS, sensitiveScanners } from "./sensitive/sensitive-data.ts"
import { blotOf, FilterChain, Sieve } from "./sieve.ts"
import { Terms } from "./terms/terms.ts"

const NAMES = ["Ada Lovelace", "Grace Hopper", "Grace", "Łukasz Żak", "田中", "Mary-Ann O'Neil"]
const TERMS = ["bad word", "class", "secret sauce", "idiot", "дурак"]
const ALL: readonly Scanner[] = [...sensitiveScanners(SENSITIVE_KINDS, NAMES), new Terms("removed", TERMS, true)]
const scanners = () => new Scanners(ALL)

const SAMPLES = [
  "4111 1111 1111 1111",
  "4111111111111111",
  "5500-0055-5555-5559",
  "378282246310005",
  "DE89 3704 0044 0532 0130 00",
  "GB82WEST12345698765432",
  "ada@example.com",
  "ada.lovelace+x@mail.example.co.uk",
  "git@github.com:a/b",
  "+49 30 1234567",
  "(415) 555-2671",
  "call me at 5552671234",
  "2024-05-01",
  "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789",
  "AKIAIOSFODNN7EXAMPLE",
  "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
  "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----",
  'api_key = "Zm9vYmFyYmF6cXV4MTIzNA"',
  "password: hunter2!",
  "Bearer 0123456789abcdefABCDEF",
  "postgres://me:s3cr3t@db:5432/x",
  "Ada Lovelace",
  "Grace  Hopper",
  "b.a.d w.o.r.d",
  "1d10t",
  "i d i o t",
  "cl\u200bass",
  "𝐢𝐝𝐢𝐨𝐭",
]
const SIGNS = [..."0123456789 .-+@:=/_'\"\\\n,eyJskABCDEdo1!|aаß𝐢"]
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...SAMPLES),
      fc.tuple(fc.constantFrom(...SAMPLES), fc.nat(40)).map(([it, most]) => it.slice(0, most)),
      fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 30 }),
      fc.constantFrom(" ", ", ", "\n", "x", "Order ", "phone "),
      fc.lorem({ maxCount: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""))

/** The same text in pieces. */
const split = (whole: string, cuts: readonly number[]): readonly string[] => {
  const at = [...new Set(cuts.map((it) => it % (whole.length + 1)))].sort((a, b) => a - b)
  return [0, ...at].map((from, i) => whole.slice(from, at[i]))
}
const cuts = fc.array(fc.nat(10_000), { maxLength: 40 })

/** What is left when the findings of the whole text are blotted out. */
function blotted(whole: string): string {
  let out = ""
  let at = 0
  for (const { kind, from, to } of findingsIn(whole, scanners())) {
    out += whole.slice(at, from) + blotOf(kind)
    at = to
  }
  return out + whole.slice(at)
}

describe("a text in pieces", () => {
  test("is blotted as the whole is, wherever it is cut", () => {
    fc.assert(
      fc.property(text, cuts, (whole, at) => {
        const sieve = new Sieve(scanners(), "blot")
        const out = split(whole, at).map((it) => sieve.push(it))
        expect(out.join("") + sieve.end()).toBe(blotted(whole))
      }),
      { numRuns: 3000 },
    )
  })

  test("is blotted as the whole is, character by character", () => {
    fc.assert(
      fc.property(text, (whole) => {
        const sieve = new Sieve(scanners(), "blot")
        let out = ""
        for (let at = 0; at < whole.length; at++) out += sieve.push(whole.charAt(at))
        expect(out + sieve.end()).toBe(blotted(whole))
      }),
      { numRuns: 500 },
    )
  })

  test("is passed on up to the first finding, of which nothing is ever sent", () => {
    fc.assert(
      fc.property(text, cuts, (whole, at) => {
        const sieve = new Sieve(scanners(), "stop")
        const out = split(whole, at).map((it) => sieve.push(it))
        const [first] = findingsIn(whole, scanners())
        expect(out.join("") + sieve.end()).toBe(whole.slice(0, first?.from))
        expect(sieve.stopped).toBe(first?.kind)
      }),
      { numRuns: 2000 },
    )
  })

  test("is never held back by more than what is looked ahead", () => {
    fc.assert(
      fc.property(text, text, (one, two) => {
        const sieve = new Sieve(scanners(), "stop")
        const whole = one + two
        let sent = 0
        for (let at = 0; at < whole.length && sieve.stopped === undefined; at++) {
          sent += sieve.push(whole.charAt(at)).length
          expect(at + 1 - sent).toBeLessThanOrEqual(LOOKAHEAD)
        }
      }),
    )
  })
})

test("what is decided of a place stays so however the text goes on", () => {
  fc.assert(
    fc.property(text, text, (known, more) => {
      for (const it of ALL)
        for (let at = 0; at < known.length; at++) {
          if (!it.begins(known.charCodeAt(at))) continue
          const decided = it.at(known, at, false)
          expect(it.at(known, at, true)).not.toBe(MORE)
          if (decided === MORE) continue
          expect([it.kind, it.at(known + more, at, false)]).toEqual([it.kind, decided])
          expect([it.kind, it.at(known, at, true)]).toEqual([it.kind, decided])
        }
    }),
    { numRuns: 1000 },
  )
})

describe("a hostile text", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "a",
      "1",
      "1 ",
      "a@",
      "a.",
      "+4",
      "(",
      "-----BEGIN ",
      "eyJa",
      "sk-proj-",
      "key=a",
      "i.",
      "i ",
      "DE00 ",
      "\u200b",
      "1\u200b",
    ),
    fc.string({ unit: fc.constantFrom(...SIGNS), minLength: 1, maxLength: 6 }),
    fc.tuple(fc.constantFrom(...SAMPLES), fc.nat(30)).map(([it, most]) => it.slice(0, most + 1)),
  )

  // At each place a bounded number of characters is looked at, so that time grows as the text does.
  test("is decided at every place by the characters right ahead of it", () => {
    fc.assert(
      fc.property(piece, (it) => {
        const whole = it.repeat(Math.ceil((3 * LOOKAHEAD) / it.length))
        for (const scanner of ALL)
          for (let at = 0; at < LOOKAHEAD; at++) {
            if (!scanner.begins(whole.charCodeAt(at))) continue
            const decided = scanner.at(whole.slice(0, at + LOOKAHEAD), at, false)
            expect(decided).not.toBe(MORE)
            expect(scanner.at(whole, at, false)).toBe(decided)
          }
      }),
      { numRuns: 100 },
    )
  })

  test("is held back no more than any other", () => {
    fc.assert(
      fc.property(piece, (it) => {
        const sieve = new Sieve(scanners(), "stop")
        let [given, sent] = [0, 0]
        while (given < 4 * LOOKAHEAD && sieve.stopped === undefined) {
          sent += sieve.push(it).length
          given += it.length
          if (sieve.stopped === undefined) expect(given - sent).toBeLessThanOrEqual(LOOKAHEAD)
        }
      }),
      { numRuns: 200 },
    )
  })
})

test("a card that comes in thirty pieces is blotted out", () => {
  const sieve = new Sieve(scanners(), "blot")
  const whole = "Card: 4111 1111 1111 1111, thanks"
  const out = [...whole].map((it) => sieve.push(it))
  expect(out.join("") + sieve.end()).toBe("Card: [CARD], thanks")
})

test("prose is hardly held back", () => {
  const sieve = new Sieve(scanners(), "blot")
  const prose = "It was a bright cold day in April, and the clocks were striking thirteen; he had 12 of them. "
  let most = 0
  let sent = 0
  for (let at = 0; at < prose.length; at++) {
    sent += sieve.push(prose.charAt(at)).length
    most = Math.max(most, at + 1 - sent)
  }
  expect(most).toBeLessThan(16)
})

test("filters in a row each see what the one before passes on", () => {
  const chain = new FilterChain([
    new Sieve(new Scanners(sensitiveScanners(["email"], [])), "blot"),
    new Sieve(new Scanners(sensitiveScanners([], ["Ada"])), "blot"),
  ])
  expect(chain.push("Ada <ada@example.com") + chain.push("> and Ada") + chain.end()).toBe("[NAME] <[EMAIL]> and [NAME]")
})
