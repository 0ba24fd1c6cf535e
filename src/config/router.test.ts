import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { METHODS } from "../facts/methods.ts"
import { UNROUTED_TRACK } from "../facts/route.ts"
import { covers, type Pattern, parsePattern, segmentsOf, takes } from "./pattern.ts"
import { type RouteEntry, trackOf } from "./route-entry.ts"
import { createRoutes } from "./router.ts"

const word = fc.constantFrom("a", "b", "orders", "é", "a b")
const segment = fc.oneof({ weight: 3, arbitrary: word }, fc.constant("{id}"), fc.constant("*"))
const patternText = fc.tuple(fc.array(segment, { maxLength: 3 }), fc.boolean()).map(([parts, open]) => {
  // A parameter may stand once, and blanks are written as blanks only in requests.
  const named = parts.map((it, i) => (it === "{id}" ? `{id${i}}` : it === "a b" ? "a_b" : it))
  return `/${[...named, ...(open ? ["*"] : [])].join("/")}`
})
const path = fc
  .array(fc.oneof(word, fc.constantFrom("", "x", "a_b")), { minLength: 1, maxLength: 4 })
  .map((parts) => `/${parts.map(encodeURIComponent).join("/")}`)

function patternOf(text: string): Pattern {
  const pattern = parsePattern(text)
  if ("fault" in pattern) throw new Error(`${text}: ${pattern.fault}`)
  return pattern
}

const entries = fc
  .array(
    fc.record({
      text: patternText,
      host: fc.constantFrom(undefined, "a.test", "b.test"),
      methods: fc.subarray([...METHODS], { minLength: 1 }),
    }),
    { maxLength: 8 },
  )
  .map((specs) =>
    specs.map(
      ({ text, host, methods }, i): RouteEntry => ({
        id: `r${i}`,
        pattern: patternOf(text),
        host,
        methods,
        source: { file: "f", line: i + 1, path: `r${i}` },
      }),
    ),
  )
const host = fc.constantFrom("a.test", "b.test:8080", "[::1]:80", "")
const method = fc.constantFrom(...METHODS)

describe("routing", () => {
  test("finds the first route in the list that takes host, path and method", () => {
    fc.assert(
      fc.property(entries, method, host, path, (list, m, h, p) => {
        const fits = (it: RouteEntry): boolean =>
          (it.host === undefined || h.split(":")[0] === it.host) && takes(it.pattern, segmentsOf(p))
        const expected = list.find((it) => fits(it) && it.methods.includes(m))
        const found = createRoutes(list).match(m, h, p)
        expect(found.track).toBe(expected === undefined ? UNROUTED_TRACK : trackOf(expected.id, m))
        expect(found.pattern === null).toBe(!list.some(fits))
        if (expected === undefined)
          expect(found.methods).toEqual(METHODS.filter((it) => list.some((r) => fits(r) && r.methods.includes(it))))
      }),
      { numRuns: 2000 },
    )
  })

  test("answers the same question alike, whatever was asked in between", () => {
    fc.assert(
      fc.property(entries, fc.array(fc.tuple(method, host, path), { minLength: 2 }), (list, questions) => {
        const routes = createRoutes(list)
        const first = questions.map(([m, h, p]) => routes.match(m, h, p).track)
        expect([...questions].reverse().map(([m, h, p]) => routes.match(m, h, p).track)).toEqual(first.reverse())
      }),
    )
  })

  test("a pattern that covers another takes every path that the other takes", () => {
    fc.assert(
      fc.property(patternText, patternText, path, (a, b, p) => {
        const [wide, narrow] = [patternOf(a), patternOf(b)]
        fc.pre(covers(wide, narrow) && takes(narrow, segmentsOf(p)))
        expect(takes(wide, segmentsOf(p))).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  test("every near miss, changed as it says, finds a route", () => {
    const position = { 1: "method", 2: "host", 3: "path" } as const
    fc.assert(
      fc.property(entries, method, host, path, (list, m, h, p) => {
        const routes = createRoutes(list)
        fc.pre(routes.match(m, h, p).track === UNROUTED_TRACK)
        for (const { changes } of routes.near(m, h, p)) {
          const asked = { method: m, host: h, path: p }
          for (const { at, to } of changes)
            if (at === 1 || at === 2 || at === 3) asked[position[at]] = String(to) as never
          expect(routes.match(asked.method, asked.host, asked.path).track).not.toBe(UNROUTED_TRACK)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test("thousands of routes cost a lookup no more than a few of them do, and a slip is still found among them", () => {
    const list = Array.from(
      { length: 5000 },
      (_, i): RouteEntry => ({
        id: `r${i}`,
        pattern: patternOf(`/service${i}/orders/{id}`),
        host: undefined,
        methods: ["GET"],
        source: { file: "f", path: `r${i}` },
      }),
    )
    const routes = createRoutes(list)
    expect(routes.match("GET", "", "/service4321/orders/7").track).toBe("r4321 GET")
    expect(routes.near("GET", "", "/service4321/order/7")[0]?.source.path).toBe("r4321")
  })
})

test("a path too long to be a slip of a route's is compared with none of them", () => {
  const list = Array.from(
    { length: 64 },
    (_, i): RouteEntry => ({
      id: `r${i}`,
      pattern: patternOf(`/service${i}/v1/*`),
      host: undefined,
      methods: ["GET"],
      source: { file: "f", path: `r${i}` },
    }),
  )
  const routes = createRoutes(list)
  expect(routes.near("GET", "", `/service1/v2/${"a/".repeat(20)}`)[0]?.source.path).toBe("r1")
  expect(routes.near("GET", "", `/service1/v2/${"a/".repeat(4000)}`)).toEqual([])
})

describe("a path pattern", () => {
  test.each([
    ["orders", "begins with /"],
    ["/a?b", "holds no ?"],
    ["/a{id}", "fills a whole segment"],
    ["/{id}/{id}", "stands twice"],
    ["/a/../b", "refused before it is routed"],
    ["/%61", "write the path decoded"],
  ])("%s is none, and it is said why", (text, why) => {
    expect(parsePattern(text)).toMatchObject({ fault: expect.stringContaining(why) })
  })
})
