import { describe, expect, test } from "bun:test"
import { Frame } from "../decision/frame.ts"
import { loadConfig } from "./load.ts"
import { readPlan } from "./stored-plan.ts"

const ENV = { ALICE_KEY: "alice-0123456789abcdef", BOB_KEY: "bob-0123456789abcdef01" }

/** Messages of the faults, each with its line. */
function faultsOf(text: string): readonly string[] {
  return loadConfig(text, "f.yaml", ENV).faults.map(
    ({ severity, source, message, hint }) =>
      `${source.line} ${severity}: ${message}${hint === undefined ? "" : ` (${hint})`}`,
  )
}

const service = (more: string, policies = ""): string =>
  `services:\n  orders:\n    upstream: http://127.0.0.1:9000\n    routes:\n${more}\n${policies}`

describe("a configuration that can never work is refused", () => {
  test("a route that an earlier one shadows", () => {
    const [fault, ...others] = faultsOf(
      service("      - path: /orders/*\n      - path: /orders/{id}\n        methods: [GET]"),
    )
    expect(others).toEqual([])
    expect(fault).toStartWith("6 error: no request can reach this route: orders.routes[0] takes them all")
  })

  test("a route whose methods are shadowed by several earlier ones", () => {
    const text = service(
      "      - { path: /a, methods: [GET] }\n      - { path: /a, methods: [POST] }\n      - { path: /a, methods: [GET, POST] }",
    )
    expect(faultsOf(text)[0]).toStartWith("7 error: no request can reach this route")
  })

  test("not a route that takes one method more, or another host", () => {
    expect(
      faultsOf(service("      - { path: /a, methods: [GET] }\n      - { path: /a, methods: [GET, POST] }")),
    ).toEqual([])
    expect(faultsOf(service("      - { path: /a, host: a.test }\n      - { path: /a }"))).toEqual([])
  })

  test("scopes without a key", () => {
    const text = service("      - path: /a", "    policies:\n      - scopes: { GET: [x] }")
    expect(faultsOf(text)).toEqual(["7 error: scopes are asked for, but no key is (add `key-auth: {}` before it)"])
  })

  test("scopes that forget a method the route takes", () => {
    const text = service(
      "      - { path: /a, methods: [GET, POST] }",
      "    policies:\n      - key-auth: {}\n      - scopes: { GET: [x] }",
    )
    expect(faultsOf(text)[0]).toContain("scopes says nothing of POST")
  })

  test("a limit by key without a key", () => {
    const text = service("      - path: /a", "    policies:\n      - rate-limit: { requests: 5, per: minute }")
    expect(faultsOf(text)[0]).toContain("requests are counted by key, but no key is asked for")
  })

  test("a model of a provider that is not there, with the one that was meant", () => {
    const text =
      "models:\n  small: [{ provider: locl, model: x }]\nproviders:\n  local: { dialect: openai, url: http://127.0.0.1:1/v1 }\n"
    expect(faultsOf(text)).toEqual(['2 error: there is no provider "locl" (did you mean local?)'])
  })

  test("two keys with one name or one secret", () => {
    const text = "keys:\n  - { name: a, key: 0123456789abcdef0 }\n  - { name: a, key: 0123456789abcdef0 }\n"
    expect(faultsOf(text)).toHaveLength(2)
  })

  test("gateway and management on one address", () => {
    expect(faultsOf("listen: 127.0.0.1:9\nmanagement: 127.0.0.1:9\n")[0]).toContain("the same address")
  })
})

describe("what can hardly be meant is warned of", () => {
  const guarded = service(
    "      - { path: /a, methods: [GET] }",
    "    policies:\n      - key-auth: {}\n      - scopes: { GET: [orders:read] }\n",
  )

  test("a key whose scopes satisfy no route, and the scope that was meant", () => {
    const faults = faultsOf(`${guarded}keys:\n  - { name: a, key: 0123456789abcdef0, scopes: [order:read] }\n`)
    expect(faults[0]).toContain('warning: the key "a" opens no route')
    expect(faults[1]).toContain("no route asks for the scope order:read (did you mean orders:read?)")
  })

  test("a key that can be guessed, without telling it", () => {
    const [fault] = faultsOf("keys:\n  - { name: a, key: hunter2 }\n")
    expect(fault).toContain('2 warning: the key "a" can be guessed')
    expect(fault).not.toContain("hunter2")
  })

  test("not a key that opens a route", () => {
    expect(faultsOf(`${guarded}keys:\n  - { name: a, key: 0123456789abcdef0, scopes: [orders:read] }\n`)).toEqual([])
  })
})

describe("a plan", () => {
  const example = Bun.file(new URL("../../test/example.yaml", import.meta.url))

  test("has one revision for one content, another for another, and none of the secrets", async () => {
    const text = await example.text()
    const { plan } = loadConfig(text, "f.yaml", ENV)
    expect(loadConfig(text, "f.yaml", ENV).plan?.revision).toBe(plan?.revision ?? "")
    expect(loadConfig(text.replace("1MiB", "2MiB"), "f.yaml", ENV).plan?.revision).not.toBe(plan?.revision ?? "")
    for (const secret of Object.values(ENV)) expect(plan?.text).not.toContain(secret)
  })

  test("stored and read again has the same tracks", async () => {
    const { plan } = loadConfig(await example.text(), "f.yaml", ENV)
    if (plan === undefined) throw new Error("the example has faults")
    const revived = readPlan(plan.revision, plan.text).plan
    expect([...revived.tracks.keys()]).toEqual([...plan.plan.tracks.keys()])
    expect(new Frame(revived).plan.slots).toBe(plan.plan.slots)
  })

  test("asks for a key before a model is called, whether a policy says so or not", () => {
    const { plan } = loadConfig(
      "models:\n  m: [{ provider: p, model: x }]\nproviders:\n  p: { dialect: openai, url: http://127.0.0.1:1/v1 }\n",
      "f.yaml",
      {},
    )
    const causes = plan?.plan.tracks.get("models.chat POST")?.clauses.map(({ clause }) => clause.cause.code)
    expect(causes).toContain("identity/key-missing")
  })
})
