declare const perToken: unique symbol

/** Billionths of a US dollar for one token; with up to 6 decimals. One dollar for a million tokens is 1000. */
export type NanoUsdPerToken = number & { readonly [perToken]: true }

const isNanoUsdPerToken = (rate: number): rate is NanoUsdPerToken => Number.isFinite(rate) && rate >= 0

/** From US dollars per million tokens, as providers write it. Throws a RangeError for what is no price. */
export function perMillionTokens(dollars: number): NanoUsdPerToken {
  // Through decimals: 0.15 times 1000 is not 150 in binary.
  const rate = Number((dollars * 1000).toFixed(6))
  if (!isNanoUsdPerToken(rate)) throw new RangeError(`${dollars} is no price`)
  return rate
}

/** What parts of a call cost. A part without a rate of its own costs what the whole it is part of does. */
export interface Rates {
  readonly input: NanoUsdPerToken
  readonly output: NanoUsdPerToken
  readonly cachedInput?: NanoUsdPerToken
  readonly cacheWrite?: NanoUsdPerToken
  readonly cacheWriteHour?: NanoUsdPerToken
  readonly audioInput?: NanoUsdPerToken
  readonly cachedAudioInput?: NanoUsdPerToken
  readonly audioOutput?: NanoUsdPerToken
  readonly reasoning?: NanoUsdPerToken
  /** Nano-dollars for each call, each image made, and each hour of sound heard. */
  readonly request?: number
  readonly image?: number
  readonly audioHour?: number
}

export interface Price extends Rates {
  /** Other rates, for everything in the call, where its input has more tokens than `above`; rising. */
  readonly tiers?: readonly { readonly above: number; readonly rates: Rates }[]
}

/** A price that holds at some times. */
export interface DatedPrice {
  /** Milliseconds since the epoch from which it holds. */
  readonly from?: number
  /** Seconds since midnight UTC, from and to, between which it holds each day; around midnight where `to` is less. */
  readonly daily?: readonly [from: number, to: number]
  readonly price: Price
}

/** The price at a moment, in milliseconds since the epoch: of several that hold the last, of none the first. */
export function priceAt(prices: readonly DatedPrice[], now: number): Price | undefined {
  return (prices.findLast((it) => holds(it, now)) ?? prices[0])?.price
}

function holds({ from, daily }: DatedPrice, now: number): boolean {
  if (from !== undefined) return now >= from
  if (daily === undefined) return true
  const second = (now % DAY) / 1000
  const [begin, end] = daily
  return end < begin ? second >= begin || second < end : second >= begin && second < end
}

const DAY = 86_400_000
