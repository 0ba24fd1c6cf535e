import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { type Network, readAddress, readNetwork } from "../values/address.ts"
import { AddressSet } from "./address-set.ts"
import { anyAddress, anyNetwork } from "./addresses.fixture.ts"

const networkOf = (text: string): Network => {
  const network = readNetwork(text)
  if (network === undefined) throw new Error(`${text} is no network`)
  return network
}
const setOf = (networks: readonly string[]): AddressSet => {
  const set = AddressSet.none()
  for (const it of networks) set.add(AddressSet.of(networkOf(it)))
  return set
}
const has = (set: AddressSet, text: string): boolean => set.has(readAddress(text))

describe("a set of addresses", () => {
  test("holds an address exactly where one of its networks does", () => {
    fc.assert(
      fc.property(fc.array(anyNetwork, { maxLength: 12 }), anyAddress, (networks, address) => {
        const expected = networks.some((it) => has(AddressSet.of(networkOf(it)), address))
        expect(has(setOf(networks), address)).toBe(expected)
      }),
      { numRuns: 2000 },
    )
  })

  test("obeys the laws of sets", () => {
    const list = fc.array(anyNetwork, { maxLength: 8 })
    fc.assert(
      fc.property(list, list, anyAddress, (one, other, address) => {
        const [a, b] = [setOf(one), setOf(other)]
        const [inA, inB] = [has(a, address), has(b, address)]
        expect(has(a.union(b), address)).toBe(inA || inB)
        expect(has(a.intersect(b), address)).toBe(inA && inB)
        expect(has(a.minus(b), address)).toBe(inA && !inB)
        expect(has(a.complement(), address)).toBe(!inA)
        expect(a.covers(b)).toBe(b.minus(a).isEmpty)
        expect(a.union(b).covers(a)).toBe(true)
        expect(a.union(a.complement()).isAll).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test("says what was new when something is added, and gives an example that is in it", () => {
    fc.assert(
      fc.property(fc.array(anyNetwork, { maxLength: 8 }), anyNetwork, (networks, more) => {
        const before = setOf(networks)
        const added = AddressSet.of(networkOf(more))
        const expected = added.minus(before)
        const fresh = before.add(added)
        expect(fresh.covers(expected) && expected.covers(fresh)).toBe(true)
        const example = before.example()
        if (example !== undefined) expect(before.has(readAddress(example))).toBe(true)
        else expect(before.isEmpty).toBe(true)
      }),
    )
  })

  test("knows nobody by an IPv4 address inside IPv6, as servers take that for the address itself", () => {
    expect(AddressSet.of(networkOf("::ffff:192.0.2.0/120")).isEmpty).toBe(true)
    const both = setOf(["0.0.0.0/0", "::/0"])
    expect(both.isAll).toBe(false)
    expect(both.union(AddressSet.sockets()).isAll).toBe(true)
    expect(both.complement().example()).toBe("unix:")
  })

  test("takes fifty thousand networks without slowing down to a crawl", () => {
    const set = AddressSet.none()
    for (let at = 0; at < 50_000; at++) set.add(AddressSet.of(networkOf(`10.${at >> 8}.${at & 255}.${(at * 7) & 255}`)))
    expect(set.covers(AddressSet.of(networkOf("10.0.1.7")))).toBe(true)
  })
})
