import { type NanoUsd, nanoUsd } from "../../ports/money.ts"
import type { Usage } from "../form/usage.ts"
import type { Price, Rates } from "./price.ts"

/** What is paid for beside tokens. */
export interface Pieces {
  readonly images: number
  readonly audioSeconds: number
}

const NO_PIECES: Pieces = Object.freeze({ images: 0, audioSeconds: 0 })

/**
 * What a call costs, rounded up once to whole nano-dollars. Parts that say more than their whole (a provider's slip) are
 * cut to it. How much of cached input is audio no provider tells: the least there can be of both is taken, which never
 * costs less than it did.
 */
export function costOf(usage: Usage, price: Price, pieces: Pieces = NO_PIECES): NanoUsd {
  const rates = ratesFor(usage.input, price)
  const sum: Sum = { whole: rates.request ?? 0, millionths: 0 }
  addInput(sum, usage, rates)
  addOutput(sum, usage, rates)
  sum.whole += (rates.image ?? 0) * pieces.images
  sum.whole += Math.ceil(((rates.audioHour ?? 0) * Math.round(pieces.audioSeconds * 1000)) / MILLISECONDS_AN_HOUR)
  return nanoUsd(Math.ceil(sum.whole) + Math.ceil(sum.millionths / 1e6))
}

function ratesFor(input: number, price: Price): Rates {
  let rates: Rates = price
  for (const tier of price.tiers ?? []) if (input > tier.above) rates = tier.rates
  return rates
}

function addInput(sum: Sum, usage: Usage, rates: Rates): void {
  const { input } = usage
  const cached = rates.cachedInput === undefined ? 0 : Math.min(usage.cachedInput, input)
  const written = Math.min(usage.cacheWrite, input - cached)
  const hour = rates.cacheWriteHour === undefined ? 0 : Math.min(usage.cacheWriteHour, written)
  const short = rates.cacheWrite === undefined ? 0 : written - hour
  const audio = rates.audioInput === undefined ? 0 : Math.min(usage.audioInput, input)
  // What is left of the input bounds how much audio was not cached; the rest of it must have been.
  const fresh = input - cached - short - hour
  const cachedAudio = Math.min(cached, Math.max(0, audio - fresh))
  const freshAudio = Math.min(audio - cachedAudio, fresh)
  add(sum, fresh - freshAudio, rates.input)
  add(sum, freshAudio, rates.audioInput ?? rates.input)
  add(sum, cached - cachedAudio, rates.cachedInput ?? rates.input)
  add(sum, cachedAudio, rates.cachedAudioInput ?? rates.cachedInput ?? rates.input)
  add(sum, short, rates.cacheWrite ?? rates.input)
  add(sum, hour, rates.cacheWriteHour ?? rates.input)
}

function addOutput(sum: Sum, usage: Usage, rates: Rates): void {
  const { output } = usage
  const audio = rates.audioOutput === undefined ? 0 : Math.min(usage.audioOutput, output)
  const reasoning = rates.reasoning === undefined ? 0 : Math.min(usage.reasoning, output - audio)
  add(sum, output - audio - reasoning, rates.output)
  add(sum, audio, rates.audioOutput ?? rates.output)
  add(sum, reasoning, rates.reasoning ?? rates.output)
}

/** Nano-dollars and millionths of them apart, so that both stay whole numbers and nothing is lost before the rounding. */
interface Sum {
  whole: number
  millionths: number
}

function add(sum: Sum, tokens: number, rate: number): void {
  const whole = Math.trunc(rate)
  sum.whole += tokens * whole
  sum.millionths += tokens * Math.round((rate - whole) * 1e6)
}

const MILLISECONDS_AN_HOUR = 3_600_000
