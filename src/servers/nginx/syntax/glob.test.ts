import { expect, test } from "bun:test"
import fc from "fast-check"
import { fitsGlob } from "./glob.ts"

test("a pattern of paths fits what a shell lists for it", () => {
  const fitting: readonly (readonly [string, string])[] = [
    ["/e/*.conf", "/e/a.conf"],
    ["/e/*/a?.conf", "/e/x/ab.conf"],
    ["/e/[a-c]*", "/e/b1"],
    ["/e/[!a-c]*", "/e/d"],
    ["/e/*a*b*", "/e/xaayb"],
    ["/e/.*", "/e/.a"],
  ]
  for (const [pattern, path] of fitting) expect([pattern, fitsGlob(pattern, path)]).toEqual([pattern, true])
  const others: readonly (readonly [string, string])[] = [
    ["/e/*.conf", "/e/x/a.conf"],
    ["/e/*", "/e/.hidden"],
    ["/e/[!a-c]*", "/e/b"],
    ["/e/a?", "/e/a"],
    ["/e/*b", "/e/ba"],
  ]
  for (const [pattern, path] of others) expect([pattern, fitsGlob(pattern, path)]).toEqual([pattern, false])
})

test("a pattern fits as the regular expression it stands for does", () => {
  const text = fc.stringMatching(/^[ab]{0,8}$/)
  const pattern = fc.stringMatching(/^[ab*?]{0,8}$/)
  fc.assert(
    fc.property(pattern, text, (p, t) => {
      const regex = new RegExp(`^${p.replace(/\*+/g, "*").replaceAll("*", ".*").replaceAll("?", ".")}$`)
      expect(fitsGlob(p, t)).toBe(regex.test(t))
    }),
  )
})

test("many stars take no longer than a few", () => {
  expect(fitsGlob(`/${"*a".repeat(2000)}b`, `/${"a".repeat(4000)}`)).toBe(false)
})
