import { expect, test } from "bun:test"
import fc from "fast-check"
import { z } from "zod"
import { readDocument } from "./document.ts"
import type { ConfigFault } from "./fault.ts"
import * as units from "./units.ts"
import { validate } from "./validate.ts"

const { byteSize, cidr, duration, hostPort, httpUrl, wholeNumber } = units

test.each<[z.ZodType, string, unknown]>([
  [byteSize, "1MiB", 1_048_576],
  [byteSize, "512KB", 512_000],
  [byteSize, "1kB", 1_000],
  [byteSize, "1.5 GiB", 1_610_612_736],
  [byteSize, "1.1MB", 1_100_000],
  [byteSize, "1048576", 1_048_576],
  [byteSize, '"7"', 7],
  [duration, "30s", 30_000],
  [duration, "1m30s", 90_000],
  [duration, "250ms", 250],
  [duration, "1h", 3_600_000],
  [duration, "1.5s", 1_500],
  [duration, "7d", 604_800_000],
  [cidr, "10.0.0.0/8", "10.0.0.0/8"],
  [cidr, "192.0.2.7", "192.0.2.7/32"],
  [cidr, "0.0.0.0/0", "0.0.0.0/0"],
  [cidr, "2001:DB8:0:0::/32", "2001:db8::/32"],
  [cidr, '"::1"', "::1/128"],
  [cidr, '"::ffff:10.0.0.0/104"', "10.0.0.0/8"],
  [httpUrl, "http://a:80/", "http://a"],
  [httpUrl, "https://Orders.internal:8443/v1/", "https://orders.internal:8443/v1"],
  [httpUrl, "http://[::1]:8080/x%20y", "http://[::1]:8080/x%20y"],
  [hostPort, "127.0.0.1:8080", { hostname: "127.0.0.1", port: 8080 }],
  [hostPort, '"[::1]:8080"', { hostname: "::1", port: 8080 }],
  [hostPort, '":8080"', { hostname: "0.0.0.0", port: 8080 }],
  [hostPort, "8080", { hostname: "0.0.0.0", port: 8080 }],
  [hostPort, "localhost:0", { hostname: "localhost", port: 0 }],
  [wholeNumber, "5", 5],
  [wholeNumber, '"5"', 5],
])("%# %s %j", (schema, text, value) => {
  expect(validate(schema, readDocument(text, "f", {}))).toEqual({ value, faults: [] })
})

const SIZE = "a size such as 1MiB, 512KB or 1048576"
const NETWORK = "an address or network such as 10.0.0.0/8 or 2001:db8::/32"
const URL = "an http or https address such as https://orders.internal:8443/v1"

test.each<[z.ZodType, string, string]>([
  [byteSize, "1M", `"1M" is not a size; ${SIZE}; write 1MiB (times 1,048,576) or 1MB (times 1,000,000)`],
  [byteSize, "lots", `"lots" is not a size; ${SIZE}`],
  [byteSize, "-1", `-1 is not a size; ${SIZE}`],
  [byteSize, "[1]", `a list is not a size; ${SIZE}`],
  [byteSize, "0.5B", '"0.5B" is not a whole number of bytes'],
  [byteSize, "9999999GiB", '"9999999GiB" is more than can be counted exactly'],
  [
    duration,
    "30",
    "30 is not a duration; a duration such as 30s, 1m30s or 250ms; write 30s for seconds or 30ms for milliseconds",
  ],
  [duration, "5 minutes", '"5 minutes" is not a duration; a duration such as 30s, 1m30s or 250ms; write 5m'],
  [duration, "30s1m", '"30s1m" is not a duration; a duration such as 30s, 1m30s or 250ms'],
  [duration, '""', '"" is not a duration; a duration such as 30s, 1m30s or 250ms'],
  [
    cidr,
    "10.0.0.5/8",
    '"10.0.0.5/8" has bits set beyond its prefix; ; write 10.0.0.0/8 for the network, or 10.0.0.5/32 for the one address',
  ],
  [
    cidr,
    "2001:db8::1/32",
    '"2001:db8::1/32" has bits set beyond its prefix; ; write 2001:db8::/32 for the network, or 2001:db8::1/128 for the one address',
  ],
  [cidr, "10.0.0.0/33", '"10.0.0.0/33" has a prefix that is out of range; a prefix from 0 to 32'],
  [cidr, "010.0.0.1", '"010.0.0.1" is not an address or network'],
  [cidr, "10.1", `10.1 is not an address or network; ${NETWORK}`],
  [cidr, "office", `"office" is not an address or network; ${NETWORK}`],
  [
    httpUrl,
    "orders.internal:80/v1",
    `"orders.internal:80/v1" is not an address; ${URL}; did you mean http://orders.internal:80/v1?`,
  ],
  [httpUrl, "ftp://a", `"ftp://a" is not an address; ${URL}`],
  [httpUrl, "http://a/?x=1", `"http://a/?x=1" is not an address; ${URL}; leave out what begins with "?" or "#"`],
  [httpUrl, "http://u:p@a/", `"http://u:p@a/" is not an address; ${URL}; leave name and password out of the address`],
  [httpUrl, "http://a:99999", `"http://a:99999" is not an address; ${URL}`],
  [hostPort, "a:99999", '"a:99999" has a port that is out of range; a port from 0 to 65535'],
  [hostPort, "1.2.3:80", '"1.2.3:80" has no IPv4 address before its port'],
  [hostPort, '"[1.2.3.4]:80"', '"[1.2.3.4]:80" has no IPv6 address in its brackets'],
  [wholeNumber, "1.5", "1.5 is not a whole number; a whole number from 0, such as 5"],
  [wholeNumber, "-1", "-1 is not a whole number; a whole number from 0, such as 5"],
])("%# %s is refused: %s", (schema, text, words) => {
  expect(validate(schema, readDocument(text, "f", {})).faults.map(said)).toEqual([words])
})

function said({ message, expected, hint }: ConfigFault): string {
  return hint === undefined && expected === undefined
    ? message
    : [message, expected, ...(hint === undefined ? [] : [hint])].join("; ")
}

test("a unit that a secret was given for tells nothing of it", () => {
  const schema = z.strictObject({ a: cidr, b: httpUrl, c: duration, d: hostPort })
  const V = "10.99.0.5/8"
  const { faults } = validate(schema, readDocument(`{ a: \${V}, b: \${V}, c: \${V}, d: \${V} }`, "f", { V }))
  expect(faults.length).toBe(4)
  expect(JSON.stringify(faults)).not.toMatch(/10\.|99/)
})

test("a unit with more asked of it is still called what it is", () => {
  const schema = z.array(
    wholeNumber
      .describe("How many.")
      .refine((it) => it < 9, "less than nine of them")
      .pipe(z.number().min(2))
      .default(3),
  )
  expect(validate(schema, readDocument("[x, 10, 1, 5]", "f", {})).faults.map(said)).toEqual([
    '"x" is not a whole number; a whole number from 0, such as 5',
    "less than nine of them",
    "1 is too small; at least 2",
  ])
})

test("editors are told types, patterns, descriptions and examples", () => {
  for (const schema of Object.values(units)) {
    const json = z.toJSONSchema(z.strictObject({ it: schema.optional() }), { io: "input" })
    expect(json.properties?.it).toMatchObject({ description: expect.any(String), examples: expect.any(Array) })
    expect(JSON.stringify(json)).toContain('"pattern"')
  }
  const described = z.toJSONSchema(z.strictObject({ it: duration.describe("Own words.") }), { io: "input" })
  expect(described.properties?.it).toMatchObject({
    type: "string",
    description: "Own words.",
    examples: ["30s", "1m30s", "250ms"],
  })
})

test("every duration is the sum of its parts", () => {
  const part = fc.nat(999)
  fc.assert(
    fc.property(part, part, part, part, (h, m, s, ms) => {
      expect(duration.parse(`${h}h${m}m${s}s${ms}ms`)).toBe(h * 3_600_000 + m * 60_000 + s * 1_000 + ms)
    }),
  )
})

test("a network that is accepted is written in one form, which is accepted as it is", () => {
  const network = fc
    .oneof(fc.ipV4Extended(), fc.ipV6(), fc.ipV4())
    .chain((ip) => fc.nat(130).map((bits) => `${ip}/${bits}`))
  fc.assert(
    fc.property(network, (text) => {
      const once = cidr.safeParse(text)
      if (once.success) expect(cidr.parse(once.data)).toBe(once.data)
    }),
  )
})
