import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { cleared, type Terms } from "./allowed.ts"
import { choose, update } from "./choose.ts"
import { minimalDifference } from "./delta.ts"
import { type Difference, differences } from "./difference.ts"
import { dryRun, probe } from "./probe.ts"
import { headerOf, type ProbeRequest } from "./probe-request.ts"
import { variants } from "./variant.ts"

const target = "http://127.0.0.1:8080"
const TERMS: Terms = { target, credentialsFor: target, allowsUnsafe: false, budget: 10 }
const post: ProbeRequest = {
  method: "POST",
  url: `${target}/orders?dry=1`,
  headers: [
    ["Content-Type", "application/json"],
    ["Authorization", "Bearer secret"],
    ["Cookie", "session=secret"],
    ["X-Forwarded-For", "10.0.0.1"],
  ],
  body: "{}",
}
const BELIEF = new Map([
  ["django/csrf-token-missing", 0.4],
  ["client/user-agent-blocked", 0.4],
])

const requests: fc.Arbitrary<ProbeRequest> = fc.record({
  method: fc.constantFrom("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE"),
  url: fc.constantFrom(`${target}/`, `${target}/a/b/`, `${target}/a?x=1&y=2`, "https://elsewhere.example/a"),
  headers: fc.array(
    fc.tuple(
      fc.constantFrom(
        "Authorization",
        "Cookie",
        "X-API-Key",
        "X-Forwarded-For",
        "Forwarded",
        "X-Real-IP",
        "X-Original-URL",
        "User-Agent",
        "Origin",
        "Accept",
      ),
      fc.constantFrom("one", "two"),
    ),
  ),
  body: fc.constantFrom("", "{}", "a=b"),
})

describe("what is sent", () => {
  test("never claims an address, never goes elsewhere, and changes nothing there unless that was allowed", () =>
    fc.assert(
      fc.property(requests, fc.boolean(), (given, allowsUnsafe) => {
        for (const { request } of dryRun(given, BELIEF, { ...TERMS, allowsUnsafe }).steps) {
          expect(new URL(request.url).origin).toBe(target)
          expect(
            request.headers
              .map(([it]) => it.toLowerCase())
              .filter((it) => /^(?:forwarded|x-forwarded|x-real|x-original)/.test(it)),
          ).toEqual([])
          if (!allowsUnsafe) expect(["GET", "HEAD", "OPTIONS"]).toContain(request.method)
        }
      }),
    ))

  test("holds credentials only where they belong", () =>
    fc.assert(
      fc.property(requests, (given) => {
        const elsewhere = { ...TERMS, credentialsFor: "https://elsewhere.example", allowsUnsafe: true }
        for (const { request } of dryRun(given, BELIEF, elsewhere).steps)
          for (const name of ["authorization", "cookie", "x-api-key"]) expect(headerOf(request, name)).toBeUndefined()
      }),
    ))

  test("differs from what was given in one variable", () => {
    const [given, ...others] = variants(post)
    expect(given?.request).toEqual(post)
    for (const { request, variable } of others) {
      if (variable === "preflight" || variable === "method") continue
      expect(differences(post, request).length).toBe(1)
    }
  })

  test("is nothing that was not given but an agent, an origin, a referrer, blanks and a preflight", () =>
    fc.assert(
      fc.property(requests, (given) => {
        for (const { request } of variants(given)) {
          expect((request.body ?? "").trimEnd()).toBe(
            request.body === "" || request.body === undefined ? "" : (given.body ?? ""),
          )
          for (const [name, value] of request.headers)
            if (!given.headers.some(([n, v]) => n === name && v === value))
              expect([
                "User-Agent",
                "Origin",
                "Referer",
                "Access-Control-Request-Method",
                "Access-Control-Request-Headers",
              ]).toContain(name)
        }
      }),
    ))

  test("says why it is withheld", () => {
    expect(cleared(post, TERMS)).toMatchObject({ kind: "may not", why: expect.stringContaining("--allow-unsafe") })
    expect(cleared({ ...post, url: "https://elsewhere.example/" }, TERMS).kind).toBe("may not")
    expect(cleared({ ...post, url: "file:///etc/passwd" }, TERMS).kind).toBe("may not")
  })
})

describe("a search", () => {
  const answering = (isRefused: (request: ProbeRequest) => boolean) => async (request: ProbeRequest) => ({
    status: isRefused(request) ? 403 : 200,
    headers: [],
    body: "",
  })
  const get: ProbeRequest = { method: "GET", url: `${target}/`, headers: [["User-Agent", "Python-urllib/3.11"]] }

  test("finds that the user agent decides, and asks for it first", async () => {
    const told: string[] = []
    const refusesScripts = answering((it) => headerOf(it, "user-agent")?.startsWith("Python") === true)
    const { belief } = await probe(get, BELIEF, TERMS, refusesScripts, (it) => told.push(it.variant.variable))
    expect(told.slice(0, 2)).toEqual(["as given", "user agent"])
    expect(belief.get("client/user-agent-blocked")).toBeGreaterThan(0.9)
  })

  test("ends at once when the request is not refused any more", async () => {
    const { steps } = await probe(
      get,
      BELIEF,
      TERMS,
      answering(() => false),
      () => undefined,
    )
    expect(steps.length).toBe(1)
  })

  test("keeps within its budget", async () => {
    const { steps } = await probe(
      get,
      BELIEF,
      { ...TERMS, budget: 2 },
      answering(() => true),
      () => undefined,
    )
    expect(steps.length).toBeLessThanOrEqual(2)
  })

  test("goes on when no answer comes, and says why", async () => {
    const { steps } = await probe(
      get,
      BELIEF,
      TERMS,
      () => Promise.reject(new Error("connection refused")),
      () => undefined,
    )
    expect(steps[0]?.fault).toBe("connection refused")
  })
})

test("the minimal difference of two requests is found through the requests themselves", () =>
  fc.assert(
    fc.asyncProperty(requests, requests, fc.nat(), async (passing, refused, pick) => {
      const all = differences({ ...passing, url: `${target}/p?x=9` }, { ...refused, url: `${target}/q?x=1&y=2` })
      const culprit = all[pick % Math.max(1, all.length)]
      const fails = async (subset: readonly Difference[]) => culprit !== undefined && subset.includes(culprit)
      const { differences: left } = await minimalDifference(all, fails, 1000)
      if (culprit !== undefined) expect(left).toEqual([culprit])
    }),
  ))

test("applying every difference makes of the one request the other", () =>
  fc.assert(
    fc.property(requests, requests, (passing, refused) => {
      const made = differences(passing, refused).reduce((it, { apply }) => apply(it), passing)
      if (new URL(passing.url).origin === new URL(refused.url).origin) expect(differences(made, refused)).toEqual([])
    }),
  ))

test("belief stays a share of one, and what tells nothing changes nothing", () =>
  fc.assert(
    fc.property(fc.float({ min: 0, max: 0.5, noNaN: true }), fc.boolean(), (p, wasLetIn) => {
      const after = update(new Map([["django/csrf-token-missing", p]]), "user agent", wasLetIn)
      const sum = [...after.values()].reduce((all, it) => all + it, 0)
      expect(sum).toBeGreaterThanOrEqual(0)
      expect(sum).toBeLessThanOrEqual(1 + 1e-9)
      expect(after.get("django/csrf-token-missing")).toBeCloseTo(p, 6)
      expect(choose(new Map(), [])).toBeUndefined()
    }),
  ))
