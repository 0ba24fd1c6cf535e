import type { z } from "zod"
import { complain } from "./complain.ts"

const BYTES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1000,
  KB: 1000,
  MB: 1000 ** 2,
  GB: 1000 ** 3,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
}

const MILLISECONDS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 }

export const SIZE = /^\d{1,16}(?:\.\d{1,9})? ?(?:[kKMG]B|[KMG]iB|B)?$/

/** Units from large to small, each at most once; `(?=\d)` because none at all is no duration. */
export const TIME =
  /^(?=\d)(?:\d{1,16}(?:\.\d{1,9})?d)?(?:\d{1,16}(?:\.\d{1,9})?h)?(?:\d{1,16}(?:\.\d{1,9})?m(?!s))?(?:\d{1,16}(?:\.\d{1,9})?s)?(?:\d{1,16}ms)?$/

export function bytesIn(written: string | number): number {
  const [, amount = "", unit = "B"] = /^([\d.]+) ?([A-Za-z]+)?$/.exec(String(written)) ?? []
  return Number(amount) * (BYTES[unit] ?? Number.NaN)
}

export function millisecondsIn(written: string): number {
  return Array.from(written.matchAll(/([\d.]+)([a-z]+)/g)).reduce(
    (sum, [, amount = "", unit = ""]) => sum + Number(amount) * (MILLISECONDS[unit] ?? Number.NaN),
    0,
  )
}

/** The amount as a whole number that is exact; `1.1MB` counts as whole although 1.1 is not exact. */
export function whole(amount: number, unit: string, written: string | number, context: z.RefinementCtx): number {
  const rounded = Math.round(amount)
  if (!Number.isSafeInteger(rounded)) return complain(context, written, "is more than can be counted exactly")
  if (Math.abs(amount - rounded) > 1e-6) return complain(context, written, `is not a whole number of ${unit}`)
  return rounded
}

/** `1M` and `1mb` say neither a million nor 1024², so it is asked which. */
export function sizeMeant(written: string): string | undefined {
  const [, amount, letter = ""] = /^([\d.]+) ?([kmg])(?:i?b)?$/i.exec(written) ?? []
  if (amount === undefined) return undefined
  const unit = letter.toUpperCase()
  return `write ${amount}${unit}iB (${grouped(BYTES[`${unit}iB`])}) or ${amount}${unit}B (${grouped(BYTES[`${unit}B`])})`
}

const grouped = (count = 0): string => `times ${count.toLocaleString("en")}`

export function durationMeant(written: string): string | undefined {
  const bare = /^\d+(?:\.\d+)?$/.exec(written)
  if (bare !== null) return `write ${written}s for seconds or ${written}ms for milliseconds`
  const [, amount, word = ""] = /^(\d+) ?(sec|min|hour|day|milli|msec)[a-z]*$/i.exec(written) ?? []
  const unit = UNITS_MEANT[word.toLowerCase()]
  return amount === undefined || unit === undefined ? undefined : `write ${amount}${unit}`
}

const UNITS_MEANT: Readonly<Record<string, string>> = {
  sec: "s",
  min: "m",
  hour: "h",
  day: "d",
  milli: "ms",
  msec: "ms",
}
