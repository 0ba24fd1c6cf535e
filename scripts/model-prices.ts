import { type ConditionalPrice, findProvider, type ModelInfo, type ModelPrice } from "@pydantic/genai-prices"
import type { CatalogueRow } from "../src/models/catalogue/catalogue.ts"
import { type DatedPrice, type Price, perMillionTokens, type Rates } from "../src/models/catalogue/price.ts"
import { asciiJson } from "./generated.ts"

/** A provider's line of the catalogue: its id, a tab, JSON. */
export function catalogueLine(id: string): string {
  const found = findProvider({ providerId: id })
  if (found?.id !== id) throw new Error(`${id} is no provider of genai-prices`)
  return `${id}\t${asciiJson({ also: found.fallback_model_providers ?? [], rows: found.models.map(rowOf) })}`
}

const rowOf = ({ id, name, context_window, deprecated, match, prices }: ModelInfo): CatalogueRow => ({
  id,
  ...(name && { title: name }),
  ...(context_window && { context: context_window }),
  ...(deprecated && { deprecated }),
  match,
  prices: (Array.isArray(prices) ? prices : [{ prices }]).filter((it) => isKnown(it.prices)).map(dated),
})

/** Whether calls can be priced by it. Prices by page or by message cannot; that is told as no price, and not as free. */
const isKnown = (prices: ModelPrice): boolean => Object.keys(prices).some((it) => PRICED.test(it))

const PRICED = /^(?:(?:input|output)(?:_audio)?_mtok|requests_kcount|(?:input_)?audio_hours)$/

function dated({ constraint, prices }: ConditionalPrice): DatedPrice {
  const price = priceOf(prices)
  if (constraint === undefined) return { price }
  if (constraint.type === "start_date") return { from: Date.parse(constraint.start_date), price }
  return { daily: [secondOf(constraint.start_time), secondOf(constraint.end_time)], price }
}

function secondOf(time: string): number {
  const [, hours, minutes, seconds] = /^(\d{2}):(\d{2}):(\d{2})Z$/.exec(time) ?? []
  if (hours === undefined) throw new Error(`${time} is no time of UTC`)
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}

/** With the rates for every size of input at which one of them changes. */
function priceOf(prices: ModelPrice): Price {
  const starts = new Set<number>()
  for (const it of Object.values(prices))
    if (typeof it === "object") for (const { start } of it.tiers) starts.add(start)
  const tiers = [...starts].sort((a, b) => a - b).map((above) => ({ above, rates: ratesOf(prices, above + 1) }))
  return tiers.length === 0 ? ratesOf(prices, 0) : { ...ratesOf(prices, 0), tiers }
}

function ratesOf(prices: ModelPrice, input: number): Rates {
  const at = (key: string): number | undefined => {
    const price = prices[key]
    if (typeof price !== "object") return price
    return price.tiers.reduce((found, { start, price }) => (input > start ? price : found), price.base)
  }
  const rate = (name: keyof Rates, key: string) => {
    const dollars = at(key)
    return dollars === undefined ? {} : { [name]: perMillionTokens(dollars) }
  }
  const nano = (name: keyof Rates, key: string, per: number) => {
    const dollars = at(key)
    return dollars === undefined ? {} : { [name]: Math.round((dollars * 1e9) / per) }
  }
  return {
    input: perMillionTokens(at("input_mtok") ?? 0),
    output: perMillionTokens(at("output_mtok") ?? 0),
    ...rate("cachedInput", "cache_read_mtok"),
    ...rate("cacheWrite", "cache_write_mtok"),
    ...rate("cacheWriteHour", "cache_write_1h_mtok"),
    ...rate("audioInput", "input_audio_mtok"),
    ...rate("cachedAudioInput", "cache_audio_read_mtok"),
    ...rate("audioOutput", "output_audio_mtok"),
    ...rate("reasoning", "output_reasoning_mtok"),
    ...nano("request", "requests_kcount", 1000),
    ...nano("audioHour", at("audio_hours") === undefined ? "input_audio_hours" : "audio_hours", 1),
  }
}
