import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { dollars, nanoUsd } from "../ports/money.ts"
import { loadConfig } from "./load.ts"
import { readPlan } from "./stored-plan.ts"

const load = (text: string) => loadConfig(text, "gateway.yaml", {})
const told = (text: string) =>
  load(text).faults.map(({ severity, source, message, hint }) => ({ severity, at: source.path, message, hint }))

const SECRET = "k".repeat(24)
const TEXT = `
keys:
  - name: alice
    key: ${SECRET}
    team: search
    models: [gpt-*]
    limits: { requests-per-minute: 60 }
    budget: { day: 5, month: 50.25 }
  - name: bob
    key: ${SECRET}2
    tenant: acme
teams:
  search:
    tenant: acme
    limits: { tokens-per-minute: 100000 }
tenants:
  acme:
    budget: { month: "900.000000001" }
`

describe("limits on models in the file", () => {
  test("are read with the places they are written at", () => {
    const { plan, faults } = load(TEXT)
    expect(faults.filter(({ severity }) => severity === "error")).toEqual([])
    const at = (line: number, path: string) => expect.objectContaining({ file: "gateway.yaml", line, path })
    expect(plan?.keys.map(({ key }) => key)).toMatchObject([
      {
        name: "alice",
        team: "search",
        limits: {
          models: { value: ["gpt-*"], source: at(6, "keys[0].models") },
          requestsPerMinute: { value: 60, source: at(7, "keys[0].limits.requests-per-minute") },
          dollarsPerDay: { value: nanoUsd(5_000_000_000), source: at(8, "keys[0].budget.day") },
          dollarsPerMonth: { value: nanoUsd(50_250_000_000), source: at(8, "keys[0].budget.month") },
        },
      },
      { name: "bob", tenant: "acme", limits: {} },
    ])
    expect(plan?.groups.teams.get("search")).toMatchObject({
      tenant: "acme",
      limits: { tokensPerMinute: { value: 100_000 } },
    })
    expect(plan?.groups.tenants.get("acme")?.dollarsPerMonth?.value).toBe(nanoUsd(900_000_000_001))
  })

  test("are the same in the stored plan, and without secrets", () => {
    const { plan } = load(TEXT)
    if (plan === undefined) throw new Error("there is no plan")
    const stored = readPlan(plan.revision, plan.text)
    expect(stored.groups).toEqual(plan.groups)
    expect(stored.keys.map(({ limits }) => limits)).toEqual(plan.keys.map(({ key }) => key.limits))
    expect(plan.text).not.toContain(SECRET)
  })

  test("lose nothing of an amount, however it is written", () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 ** 15 }), fc.boolean(), (nano, quoted) => {
        const amount = dollars(nanoUsd(nano))
        // A number holds 15 digits surely; what has more is written as text.
        const written = quoted || amount.replace(".", "").length > 15 ? `"${amount}"` : amount
        const { plan } = load(`tenants: { acme: { budget: { day: ${written} } } }`)
        expect(Number(plan?.groups.tenants.get("acme")?.dollarsPerDay?.value)).toBe(nano)
      }),
    )
  })

  test.each(["-1", "1.0000000001", '"1,5"', "much", "9007200"])("an amount %s is refused with its place", (amount) => {
    const faults = told(`tenants: { acme: { budget: { day: ${amount} } } }`)
    expect(faults).toMatchObject([{ severity: "error", at: "tenants.acme.budget.day" }])
  })

  test("a team or tenant that is not there is an error, and tells which was probably meant", () => {
    expect(told(TEXT.replace("team: search", "team: serach"))).toMatchObject([
      { severity: "error", at: "keys[0].team", message: 'there is no team "serach"', hint: "did you mean search?" },
    ])
    expect(told(TEXT.replace("    tenant: acme\n    limits", "    tenant: acne\n    limits"))).toMatchObject([
      { severity: "error", at: "teams.search.tenant", hint: "did you mean acme?" },
    ])
    expect(told(`keys: [{ name: a, key: ${SECRET}, tenant: b }]`)).toMatchObject([{ at: "keys[0].tenant" }])
  })

  test("a key with a team has no tenant of its own", () => {
    expect(told(TEXT.replace("team: search", "team: search\n    tenant: acme"))).toMatchObject([
      { severity: "error", at: "keys[0].tenant", hint: "leave `tenant` out here, and write it at teams.search" },
    ])
  })
})
