import { afterEach, describe, expect, test } from "bun:test"
import { Backend, stopBackends } from "./backend.fixture.ts"
import type { TestGateway } from "./gateway.fixture.ts"
import { allOf, firstOf, type Message, statusOf } from "./message.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"
import { expectRefusal } from "./refusal.fixture.ts"
import { gatewayTo, stopGateways } from "./service.fixture.ts"

afterEach(async () => {
  closeRawClients()
  expect(await stopGateways()).toEqual([])
  stopBackends()
})

const TRUSTED = "trusted-proxies: [127.0.0.0/8, 10.0.0.0/8]"

async function ask(gateway: TestGateway, fields: string): Promise<Message> {
  const client = await RawClient.open(gateway.port)
  return client.send(`GET /a HTTP/1.1\r\nHost: shop.example\r\n${fields}\r\n`).answer()
}

const SPOOFED = [
  "X-Forwarded-For: 192.0.2.66",
  "X-Forwarded-Proto: https",
  "X-Forwarded-Host: evil.example",
  "X-Forwarded-Port: 1",
  "X-Real-IP: 192.0.2.66",
  "Forwarded: for=192.0.2.66;proto=https",
]
  .map((it) => `${it}\r\n`)
  .join("")

const OWNED = ["x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port", "x-real-ip", "forwarded"]
const forwardedOf = ({ fields }: Message) => Object.fromEntries(OWNED.map((name) => [name, allOf(fields, name)]))

test("what a peer says of whom it speaks for is not believed for being spelled with underscores, which many servers read alike", async () => {
  const backend = new Backend()
  await ask(
    gatewayTo(backend.url),
    `${SPOOFED.replaceAll("-", "_").replaceAll("Forwarded:", "X_Own:")}X_Team_Id: 7\r\n`,
  )
  const names = backend.last.fields.map(([name]) => name)
  expect(names.filter((name) => name.includes("_"))).toEqual(["X_Own", "X_Team_Id"])
})

describe("what a peer says of whom it speaks for", () => {
  test("is dropped when the peer is not a trusted proxy, and the gateway's own word takes its place", async () => {
    const backend = new Backend()
    await ask(gatewayTo(backend.url), SPOOFED)
    expect(forwardedOf(backend.last)).toEqual({
      "x-forwarded-for": ["127.0.0.1"],
      "x-forwarded-proto": ["http"],
      "x-forwarded-host": ["shop.example"],
      "x-forwarded-port": [],
      "x-real-ip": [],
      forwarded: [],
    })
  })

  test("is passed on with the peer's address behind it when the peer is a trusted proxy", async () => {
    const backend = new Backend()
    await ask(gatewayTo(backend.url, { top: TRUSTED }), SPOOFED)
    expect(forwardedOf(backend.last)).toEqual({
      "x-forwarded-for": ["192.0.2.66, 127.0.0.1"],
      "x-forwarded-proto": ["https"],
      "x-forwarded-host": ["evil.example"],
      "x-forwarded-port": [],
      "x-real-ip": [],
      forwarded: ["for=192.0.2.66;proto=https, for=127.0.0.1"],
    })
  })

  test("is one list however many fields it came in", async () => {
    const backend = new Backend()
    await ask(gatewayTo(backend.url, { top: TRUSTED }), "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 10.0.0.2\r\n")
    expect(firstOf(backend.last.fields, "x-forwarded-for")).toBe("192.0.2.1, 10.0.0.2, 127.0.0.1")
  })
})

interface Walk {
  readonly name: string
  readonly fields: string
  /** The address that is judged. */
  readonly judged: string
}

const forwardedFor = (name: string, list: string, judged: string): Walk => ({
  name,
  fields: `X-Forwarded-For: ${list}\r\n`,
  judged,
})
const forwarded = (name: string, list: string, judged: string): Walk => ({
  name,
  fields: `Forwarded: ${list}\r\n`,
  judged,
})

const WALKS: readonly Walk[] = [
  { name: "no field: the peer's own", fields: "", judged: "127.0.0.1" },
  forwardedFor("one entry", "203.0.113.7", "203.0.113.7"),
  forwardedFor("a spoofed entry before the proxy's", "192.0.2.1, 203.0.113.7", "203.0.113.7"),
  forwardedFor("entries of trusted proxies after the caller's", "192.0.2.1, 203.0.113.7, 10.1.1.1", "203.0.113.7"),
  forwardedFor("only trusted proxies: the first of them", "10.0.0.1, 10.0.0.2", "10.0.0.1"),
  forwardedFor("a port", "203.0.113.7:4711", "203.0.113.7"),
  forwardedFor("IPv6", "2001:db8::7", "2001:db8::7"),
  forwardedFor("IPv6 with a port", "[2001:db8::7]:4711", "2001:db8::7"),
  forwardedFor("an entry that is no address: the walk ends", "203.0.113.7, unknown, 10.0.0.9", "10.0.0.9"),
  forwardedFor("numbers that are no address: the walk ends", "203.0.113.7, 999.1.1.1, 10.0.0.9", "10.0.0.9"),
  forwardedFor("octal numbers, which two readers read differently: the walk ends", "010.0.0.1, 10.0.0.9", "10.0.0.9"),
  forwardedFor("an empty entry: the walk ends", "203.0.113.7,, 10.0.0.9", "10.0.0.9"),
  forwarded("one element", "for=203.0.113.7", "203.0.113.7"),
  forwarded("other parameters around it", "by=10.0.0.1; FOR=203.0.113.7 ;proto=https", "203.0.113.7"),
  forwarded("quoted IPv6 with a port", 'for="[2001:db8::7]:4711"', "2001:db8::7"),
  forwarded("a spoofed element before the proxy's", "for=192.0.2.1, for=203.0.113.7", "203.0.113.7"),
  forwarded("a hidden element: the walk ends", "for=203.0.113.7, for=_hidden, for=10.0.0.9", "10.0.0.9"),
  forwarded("an unknown element: the walk ends", "for=203.0.113.7, for=unknown, for=10.0.0.9", "10.0.0.9"),
  forwarded("a comma inside quotes, which begins no element", 'for=203.0.113.7;host="a,for=192.0.2.1"', "203.0.113.7"),
  forwarded("a name inside quotes, which is no parameter", 'host="x;for=192.0.2.1";for=203.0.113.7', "203.0.113.7"),
]

describe("behind trusted proxies the address that is judged is that of", () => {
  for (const { name, fields, judged } of WALKS) {
    test(`${name}: ${JSON.stringify(fields.trim())}`, async () => {
      const gateway = gatewayTo("http://127.0.0.1:9", {
        top: TRUSTED,
        service: "policies: [ip-allow: [198.51.100.0/24]]",
      })
      const { frame } = expectRefusal(gateway, await ask(gateway, fields), {
        status: 403,
        cause: "edge/address-not-allowed",
      })
      expect(frame.facts["client.address"]).toBe(judged)
    })
  }

  test("nobody who can be told where two fields tell of two callers, as a proxy passes on the one it does not write", async () => {
    const backend = new Backend()
    const gateway = gatewayTo(backend.url, {
      top: TRUSTED,
      service: "policies: [ip-allow: [198.51.100.0/24, 10.0.0.0/8, 127.0.0.0/8]]",
    })
    for (const fields of [
      "Forwarded: for=198.51.100.1\r\nX-Forwarded-For: 203.0.113.7\r\n",
      "Forwarded: for=203.0.113.7\r\nX-Forwarded-For: 198.51.100.1\r\n",
      "Forwarded: for=_x\r\nX-Forwarded-For: 203.0.113.7\r\n",
    ])
      expectRefusal(gateway, await ask(gateway, fields), { status: 403, cause: "edge/address-not-allowed" })
    const agreeing = "Forwarded: for=198.51.100.1\r\nX-Forwarded-For: 198.51.100.1\r\n"
    expect(statusOf(await ask(gateway, agreeing))).toBe(200)
  })
})

test("requests are counted by an address of IPv4 and by a network of IPv6, in which a caller has all the addresses", async () => {
  const policies = "policies: [rate-limit: { requests: 1, per: day, by: address }]"
  const gateway = gatewayTo(new Backend().url, { top: TRUSTED, service: policies })
  const status = async (address: string) => statusOf(await ask(gateway, `X-Forwarded-For: ${address}\r\n`))
  const told: string[] = []
  for (const address of [
    "192.0.2.1",
    "192.0.2.2",
    "::ffff:192.0.2.1",
    "2001:db8::1",
    "2001:DB8:0:0:ffff::2",
    "2001:db8:0:1::1",
  ])
    told.push(`${address} ${await status(address)}`)
  expect(told).toEqual([
    "192.0.2.1 200",
    "192.0.2.2 200",
    "::ffff:192.0.2.1 429",
    "2001:db8::1 200",
    "2001:DB8:0:0:ffff::2 429",
    "2001:db8:0:1::1 200",
  ])
})

test("the forwarded address is accepted where it is in a network, and the proxy's alone is not", async () => {
  const backend = new Backend()
  const gateway = gatewayTo(backend.url, { top: TRUSTED, service: "policies: [ip-allow: [203.0.113.0/24]]" })
  expect(statusOf(await ask(gateway, "X-Forwarded-For: 203.0.113.7\r\n"))).toBe(200)
  expect(statusOf(await ask(gateway, ""))).toBe(403)
})

test("without trusted proxies a spoofed address opens nothing", async () => {
  const gateway = gatewayTo("http://127.0.0.1:9", { service: "policies: [ip-allow: [203.0.113.0/24]]" })
  for (const fields of [
    "X-Forwarded-For: 203.0.113.7\r\n",
    "Forwarded: for=203.0.113.7\r\n",
    "X-Real-IP: 203.0.113.7\r\n",
  ])
    expect(statusOf(await ask(gateway, fields))).toBe(403)
})
