declare const nano: unique symbol

/** Whole billionths of a US dollar, from 0 to what a number counts exactly (about 9 million dollars). */
export type NanoUsd = number & { readonly [nano]: true }

const isNanoUsd = (amount: number): amount is NanoUsd => Number.isSafeInteger(amount) && amount >= 0

/** Throws a RangeError for what is no whole number from 0, so that an amount that lost its exactness is never booked. */
export function nanoUsd(amount: number): NanoUsd {
  if (!isNanoUsd(amount)) throw new RangeError(`${amount} is not a whole number of nano-dollars from 0`)
  return amount
}

/** `usd("0.25")`, `usd(0.25)`: US dollars. Throws a RangeError for what is no amount or finer than a nano-dollar. */
export function usd(dollars: string | number): NanoUsd {
  const [, whole = "", fraction = "", exponent = "0"] = DECIMAL.exec(String(dollars)) ?? []
  const shift = 9 + Number(exponent) - fraction.length
  const digits = `${whole}${fraction}${"0".repeat(Math.max(0, Math.min(shift, 32)))}`
  const cut = shift < 0 ? digits.length + shift : digits.length
  if (whole === "" || /[1-9]/.test(digits.slice(Math.max(0, cut))))
    throw new RangeError(`${dollars} is not an amount in dollars with at most 9 decimals`)
  return nanoUsd(Number(digits.slice(0, Math.max(0, cut))))
}

const DECIMAL = /^(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/

/** `"0.25"`: US dollars, with as many decimals as there are, so that `usd` reads the same amount again. */
export function dollars(amount: NanoUsd): string {
  const digits = String(amount).padStart(10, "0")
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, "")
}
