import type { Source } from "../../../decision/source.ts"
import { type Address, type Network, readAddress, readNetwork } from "../../values/address.ts"
import { toBytes } from "../../values/bytes.ts"
import type { Directive } from "../syntax/directive.ts"
import type { Found } from "./map.ts"
import { fill, type Template, templateOf, type Values } from "./template.ts"

interface Line {
  readonly value: string
  readonly at: Source
}

/** A variable that depends on an address (`geo`): of the networks it is in, the narrowest decides. */
export class GeoVariable {
  readonly directive: Directive
  readonly networks: Network[] = []
  /** Something in it is not modelled: named, with its place. */
  readonly unread: { readonly what: string; readonly at: Source } | undefined
  readonly #from: Template | undefined
  /** By prefix, then by the network's number. */
  readonly #byPrefix = new Map<number, Map<number | bigint, Line>>()
  readonly #prefixes: readonly number[]
  readonly #ranges: { readonly from: number; readonly to: number; readonly line: Line }[] = []
  readonly #otherwise: Line

  constructor(directive: Directive) {
    this.directive = directive
    const [address] = directive.args
    this.#from = directive.args.length > 1 && address !== undefined ? templateOf(address.text) : undefined
    let otherwise: Line = { value: "", at: directive.at }
    let unread: GeoVariable["unread"]
    for (const it of directive.block ?? []) {
      const line = { value: toBytes(it.args[0]?.text ?? ""), at: it.at }
      if (it.name === "default") otherwise = line
      else if (it.name === "ranges") continue
      else if (!this.#add(it.name, line)) unread ??= { what: `\`${it.name}\` in \`geo\``, at: it.at }
    }
    this.#otherwise = otherwise
    this.unread = unread
    this.#prefixes = [...this.#byPrefix.keys()].sort((a, b) => b - a)
  }

  /** `client`: the address of the connection, after the real-IP module. */
  evaluate(client: string, values: Values): Found {
    const text = this.#from === undefined ? client : fill(this.#from, values)
    const address = readAddress(text) ?? { bits: 32, value: 0xffffffff }
    return this.#find(address) ?? this.#otherwise
  }

  #add(name: string, line: Line): boolean {
    const range = /^([\d.]{7,15})-([\d.]{7,15})$/.exec(name)
    if (range !== null) {
      const from = readAddress(range[1] ?? "")
      const to = readAddress(range[2] ?? "")
      if (from?.bits !== 32 || to?.bits !== 32) return false
      this.#ranges.push({ from: from.value, to: to.value, line })
      return true
    }
    const network = readNetwork(name)
    if (network === undefined) return false
    this.networks.push(network)
    // Networks of both families lie apart: the prefix of IPv6 is counted from 1000.
    const key = network.bits === 32 ? network.prefix : 1000 + network.prefix
    const table = this.#byPrefix.get(key) ?? new Map<number | bigint, Line>()
    this.#byPrefix.set(key, table.set(network.value, line))
    return true
  }

  #find(address: Address): Line | undefined {
    if (address.bits === 32) {
      const range = this.#ranges.findLast((it) => it.from <= address.value && address.value <= it.to)
      if (range !== undefined) return range.line
    }
    for (const key of this.#prefixes) {
      if (address.bits === 32 ? key >= 1000 : key < 1000) continue
      const found = this.#byPrefix.get(key)?.get(masked(address, key % 1000))
      if (found !== undefined) return found
    }
    return undefined
  }
}

function masked(address: Address, prefix: number): number | bigint {
  if (address.bits === 32) return prefix === 0 ? 0 : (address.value & (0xffffffff << (32 - prefix))) >>> 0
  return (address.value >> BigInt(128 - prefix)) << BigInt(128 - prefix)
}
