import { type Address, type Network, readAddress, showAddress } from "../values/address.ts"

/** Addresses one after the other on one line: IPv4, then IPv6, then the peer that has none, on a socket of the file system. */
interface Span {
  readonly from: bigint
  readonly to: bigint
}

const FOUR = 1n << 32n
const SIX = 1n << 128n
const SOCKET: Span = { from: FOUR + SIX, to: FOUR + SIX }
const MAPPED_FROM = FOUR + (0xffffn << 32n)
/** What IPv6 says of an IPv4 address is that address for a server, so that those numbers stand for nobody. */
const UNIVERSE: readonly Span[] = [
  { from: 0n, to: MAPPED_FROM - 1n },
  { from: MAPPED_FROM + FOUR, to: SOCKET.to },
]

/** A set of addresses, exact whatever its size: what an access list lets in, what a line of it is about. */
export class AddressSet {
  /** In order, apart from each other. */
  readonly #spans: Span[]

  private constructor(spans: Span[]) {
    this.#spans = spans
  }

  static none(): AddressSet {
    return new AddressSet([])
  }

  /** Every address and every socket. */
  static all(): AddressSet {
    return new AddressSet([...UNIVERSE])
  }

  static sockets(): AddressSet {
    return new AddressSet([SOCKET])
  }

  static of(network: Network): AddressSet {
    const size = 1n << BigInt(network.bits - network.prefix)
    const from = network.bits === 32 ? BigInt(network.value) : FOUR + network.value
    const span = { from, to: from + size - 1n }
    return new AddressSet(network.bits === 32 ? [span] : EVERYBODY.#common(span))
  }

  get isEmpty(): boolean {
    return this.#spans.length === 0
  }

  get isAll(): boolean {
    return this.covers(EVERYBODY)
  }

  covers(other: AddressSet): boolean {
    return other.#spans.every((it) => this.#gaps(it).length === 0)
  }

  /** Puts another set into this one, and answers with what of it was not in it before. */
  add(other: AddressSet): AddressSet {
    const fresh = other.#spans.flatMap((it) => this.#gaps(it))
    for (const it of fresh) this.#add(it)
    return new AddressSet(fresh)
  }

  union(other: AddressSet): AddressSet {
    const set = new AddressSet([...this.#spans])
    set.add(other)
    return set
  }

  minus(other: AddressSet): AddressSet {
    return new AddressSet(this.#spans.flatMap((it) => other.#gaps(it)))
  }

  intersect(other: AddressSet): AddressSet {
    return new AddressSet(this.#spans.flatMap((it) => other.#common(it)))
  }

  complement(): AddressSet {
    return EVERYBODY.minus(this)
  }

  /** `undefined` stands for a socket. */
  has(address: Address | undefined): boolean {
    const at = address === undefined ? SOCKET.from : address.bits === 32 ? BigInt(address.value) : FOUR + address.value
    return this.#common({ from: at, to: at }).length > 0
  }

  /** One of it as text, of a kind people know for an example where there is one; undefined for none. */
  example(): string | undefined {
    const known = EXAMPLES.find((it) => this.has(readAddress(it)))
    const [first] = this.#spans
    if (known !== undefined || first === undefined) return known
    if (first.from >= SOCKET.from) return "unix:"
    return showAddress(
      first.from < FOUR ? { bits: 32, value: Number(first.from) } : { bits: 128, value: first.from - FOUR },
    )
  }

  /** What of a span is not in the set. */
  #gaps({ from, to }: Span): Span[] {
    const gaps: Span[] = []
    let next = from
    for (let at = this.#firstEndingFrom(from); at < this.#spans.length; at++) {
      const span = this.#spans[at]
      if (span === undefined || span.from > to) break
      if (span.from > next) gaps.push({ from: next, to: span.from - 1n })
      next = span.to + 1n
    }
    if (next <= to) gaps.push({ from: next, to })
    return gaps
  }

  #common({ from, to }: Span): Span[] {
    const common: Span[] = []
    for (let at = this.#firstEndingFrom(from); at < this.#spans.length; at++) {
      const span = this.#spans[at]
      if (span === undefined || span.from > to) break
      common.push({ from: span.from > from ? span.from : from, to: span.to < to ? span.to : to })
    }
    return common
  }

  /** A span none of which is in the set yet. */
  #add({ from, to }: Span): void {
    const at = this.#firstEndingFrom(from - 1n)
    const before = this.#spans[at]
    const touches = before !== undefined && before.to === from - 1n
    const start = touches ? before.from : from
    const after = this.#spans[touches ? at + 1 : at]
    const reaches = after !== undefined && after.from === to + 1n
    this.#spans.splice(at, Number(touches) + Number(reaches), { from: start, to: reaches ? after.to : to })
  }

  #firstEndingFrom(number: bigint): number {
    let low = 0
    let high = this.#spans.length
    while (low < high) {
      const middle = (low + high) >> 1
      const span = this.#spans[middle]
      if (span !== undefined && span.to < number) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** From the ranges kept for documentation (RFC 5737, RFC 3849). */
const EXAMPLES = ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"]

const EVERYBODY = AddressSet.all()
