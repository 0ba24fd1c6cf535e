import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { dollars, nanoUsd, usd } from "./money.ts"

describe("an amount", () => {
  test("is the same after it was written and read", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (amount) => {
        expect(usd(dollars(nanoUsd(amount)))).toBe(nanoUsd(amount))
      }),
    )
  })

  test("is exact from text and from numbers", () => {
    expect<number>(usd("0.25")).toBe(250_000_000)
    expect<number>(usd(0.1)).toBe(100_000_000)
    expect<number>(usd(1e-9)).toBe(1)
    expect<number>(usd("20")).toBe(20_000_000_000)
    expect<number>(usd("0.2500000000")).toBe(250_000_000)
    expect(dollars(usd("20"))).toBe("20")
    expect(dollars(usd("0.000000001"))).toBe("0.000000001")
    expect(dollars(usd("0"))).toBe("0")
  })

  test("is refused where it would lose its exactness, or is none", () => {
    for (const it of ["0.0000000001", "-1", "", "1.", ".5", "1,5", "9999999999", "1e99", "1e-99", "NaN", "0x10"])
      expect(() => usd(it)).toThrow(RangeError)
    for (const it of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
      expect(() => nanoUsd(it)).toThrow(RangeError)
  })
})
