import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { patternOf } from "./pattern.ts"

const PERL = Bun.which("perl")

const atom = fc.constantFrom(
  "a",
  "b",
  "c",
  ".",
  "\\.",
  "[ab]",
  "[^a]",
  "[a-c.]",
  "\\w",
  "\\d",
  "\\s",
  "(a)",
  "(?:b)",
  "(?:ab)",
  "\\/",
  "/",
  "-",
  "[[:alpha:]]",
  "[]a]",
  "\\b",
  "(a|bc)",
  "(?!c)",
  "(?<n>b)",
)
const quantifier = fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{1,2}", "*?", "+?")
const piece = fc.tuple(atom, quantifier).map(([what, times]) => (/^\\b$|^\(\?!/.test(what) ? what : what + times))
const pattern = fc
  .tuple(fc.constantFrom("", "^"), fc.array(piece, { minLength: 1, maxLength: 5 }), fc.constantFrom("", "$", "|^c"))
  .map(([begin, pieces, end]) => begin + pieces.join("") + end)
  // A name may be given once.
  .filter((it) => it.split("?<n>").length < 3)
const text = fc.stringMatching(/^[abcABC./ \-1\n\r]{0,8}$/)

interface Tried {
  readonly pattern: string
  readonly text: string
  readonly isCaseless: boolean
}

const hex = (it: string): string => Buffer.from(it, "latin1").toString("hex")

/** What Perl, whose patterns PCRE has taken over, makes of each: groups, or undefined for no match. */
function askPerl(tried: readonly Tried[]): readonly (readonly string[] | undefined)[] {
  const program = `while (<STDIN>) {
    chomp; my ($p, $t, $i) = map { pack("H*", $_) } split /:/, $_, -1;
    my $re = $i eq "i" ? qr/$p/i : qr/$p/;
    if ($t =~ $re) { print join(":", map { unpack("H*", defined $_ ? $_ : "") } ($&, map { substr($t, $-[$_] // 0, ($+[$_] // 0) - ($-[$_] // 0)) } 1..$#-)), "\\n" } else { print "-\\n" }
  }`
  const stdin = tried.map((it) => `${hex(it.pattern)}:${hex(it.text)}:${hex(it.isCaseless ? "i" : "")}\n`).join("")
  const { stdout, stderr, success } = Bun.spawnSync([PERL ?? "perl", "-e", program], { stdin: Buffer.from(stdin) })
  if (!success) throw new Error(stderr.toString())
  return stdout
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => (line === "-" ? undefined : line.split(":").map((it) => Buffer.from(it, "hex").toString("latin1"))))
}

describe("a pattern", () => {
  test.skipIf(PERL === null)("matches and catches what Perl does", () => {
    const tried = fc.sample(fc.record({ pattern, text, isCaseless: fc.boolean() }), { numRuns: 3000, seed: 7 })
    const real = askPerl(tried)
    let known = 0
    tried.forEach((it, at) => {
      const matched = patternOf(it.pattern, it.isCaseless).match(it.text)
      if (matched === "unknown") return
      known++
      const groups = real[at]
      // Perl leaves out groups at the end that took no part.
      const all = matched?.map((group, number) => (groups?.[number] ?? "") === group)
      expect({
        ...it,
        matched,
        groups,
        same: matched === undefined ? groups === undefined : groups !== undefined && all?.every((same) => same),
      }).toMatchObject({ same: true })
    })
    expect(known).toBeGreaterThan(2500)
  })

  test("that could take forever on hostile text is not tried", () => {
    const hostile = "a".repeat(5000)
    for (const it of [
      "(a+)+$",
      "(a|a)*$",
      "^(\\w+\\s?)*$",
      "((a*)*)*b",
      "(a?a)*$",
      "(.*)*x",
      "(?:a|ab|b)+$",
      ".*.*.*.*.*x",
    ])
      expect(patternOf(it, false).match(`${hostile}!`)).toBe("unknown")
  })

  test("that is only long is tried", () => {
    expect(patternOf("^/(?:[a-z]+/)*x$", false).match(`/${"abc/".repeat(1000)}x`)).toBeArray()
    expect(patternOf("([a-z]+\\.)+[a-z]+$", false).match("a.b.example.org")).toBeArray()
    expect(patternOf("(?i)CURL|wget", false).match("libcurl")).toEqual(["curl"])
    expect(patternOf("^~?/(?<user>[^/]+)", false).match("/ann/x")).toEqual(["/ann", "ann"])
  })

  test("that PCRE alone understands is not guessed at", () => {
    for (const it of [
      "(?>a)",
      "a++",
      "(a)\\1",
      "\\Qa.b\\E",
      "(?R)",
      "\\p{L}",
      "(?(1)a|b)",
      "\\Ka",
      "[[:unknown:]]",
      "(",
      "a)",
      "*a",
    ])
      expect(patternOf(it, false).match("a")).toBe("unknown")
  })

  test("is matched on bytes", () => {
    expect(patternOf("^é$", false).match(Buffer.from("é").toString("latin1"))).toBeArray()
    expect(patternOf("^..$", false).match(Buffer.from("é").toString("latin1"))).toBeArray()
    expect(patternOf("é", true).match("x")).toBe("unknown")
  })
})
