import { encode, setMergeCacheSize } from "gpt-tokenizer/encoding/o200k_base"

/** A text to count, and its tokens, told apart by `id`. */
export interface CountAsked {
  readonly id: number
  readonly text: string
}
export interface Counted {
  readonly id: number
  readonly tokens: number
}

declare const self: Worker

// What is remembered of words would grow with what callers send.
setMergeCacheSize(1_000)

self.onmessage = ({ data: { id, text } }: MessageEvent<CountAsked>) => {
  const answer: Counted = { id, tokens: tokensOf(text) }
  self.postMessage(answer)
}

/** What no blank divides is merged in time that grows with its square, so that it is counted in parts: some too many. */
const UNBROKEN = /\S{256}|\s{256}/gu

function tokensOf(text: string): number {
  let tokens = 0
  let from = 0
  for (const { 0: part, index } of text.matchAll(UNBROKEN)) {
    tokens += lengthOf(text.slice(from, index + part.length))
    from = index + part.length
  }
  return tokens + lengthOf(text.slice(from))
}

/** Names of special tokens in a text are text: they cannot be smuggled in, and are no error. */
const lengthOf = (text: string): number => encode(text, { disallowedSpecial: new Set() }).length
