import { expect, test } from "bun:test"
import { BlockList, isIPv4 } from "node:net"
import fc from "fast-check"
import { within } from "./within.ts"

// Networks come from the configuration, which writes IPv4 inside IPv6 as IPv4.
const v6 = fc.ipV6().filter((it) => !it.includes("."))
const address = fc.oneof(fc.ipV4(), v6)
const network = fc.oneof(
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([ip, bits]) => `${ip}/${bits}`),
  fc.tuple(v6, fc.integer({ min: 0, max: 128 })).map(([ip, bits]) => `${ip}/${bits}`),
)
const networks = fc.array(network, { maxLength: 4 })

test("an address is within the networks that node's block list says it is within", () => {
  fc.assert(
    fc.property(address, networks, (ip, list) => {
      const oracle = new BlockList()
      // Of its own kind only: to node an IPv4 address is also in `::/0`.
      for (const it of list.filter((it) => isIPv4(it.split("/")[0] ?? "") === isIPv4(ip))) {
        const [net = "", bits] = it.split("/")
        oracle.addSubnet(net, Number(bits), isIPv4(net) ? "ipv4" : "ipv6")
      }
      expect(within.holds(ip, list)).toBe(oracle.check(ip, isIPv4(ip) ? "ipv4" : "ipv6"))
    }),
    { numRuns: 2000 },
  )
})

test("a prepared list says what the list says, also of addresses it remembers", () => {
  fc.assert(
    fc.property(networks, fc.array(address, { maxLength: 20 }), (list, ips) => {
      const prepared = within.prepare?.(list)
      for (const ip of [...ips, ...ips]) expect(prepared?.(ip)).toBe(within.holds(ip, list))
    }),
  )
})

test("every offer makes it hold", () => {
  fc.assert(
    fc.property(address, networks, (ip, list) => {
      for (const offer of within.offers(ip, list))
        expect(
          within.holds("observed" in offer ? offer.observed : ip, "required" in offer ? offer.required : list),
        ).toBe(true)
    }),
  )
})

test("what is no address is in no network and is offered none", () => {
  expect(within.holds("unknown", ["0.0.0.0/0"])).toBe(false)
  expect(within.offers("unknown", ["10.0.0.0/8"])).toEqual([{ observed: "10.0.0.0" }])
})

test("saying why withholds what may not be told", () => {
  expect(within.say("192.0.2.7", undefined)).not.toContain("10.")
  expect(within.say(undefined, ["10.0.0.0/8"])).not.toContain("192.")
})

test("remembering addresses is bounded", () => {
  const prepared = within.prepare?.(["10.0.0.0/8"])
  for (let i = 0; i < 20_000; i++) prepared?.(`10.0.${i >> 8}.${i & 255}`)
  expect(prepared?.("10.0.0.1")).toBe(true)
})

test("a network of one kind holds no address of the other, and IPv4 written as IPv6 is IPv4", () => {
  expect(within.holds("192.0.2.1", ["::/0"])).toBe(false)
  expect(within.holds("2001:db8::1", ["0.0.0.0/0"])).toBe(false)
  expect(within.holds("::ffff:192.0.2.1", ["192.0.2.0/24"])).toBe(true)
})
