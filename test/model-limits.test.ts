import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import fc from "fast-check"
import { type Denial, decide, decideLive } from "../src/decision/decide.ts"
import { explain } from "../src/decision/explain.ts"
import { Frame } from "../src/decision/frame.ts"
import { mend } from "../src/decision/mend.ts"
import { recordOf, replay } from "../src/decision/record.ts"
import { NO_USE, settleCall } from "../src/facts/model-use.ts"
import type { World } from "../src/facts/world.ts"
import { accountOf } from "../src/ports/ledger.ts"
import type { Groups } from "../src/ports/model-limits.ts"
import { nanoUsd, usd } from "../src/ports/money.ts"
import {
  type Asked,
  at,
  type Counting,
  counting,
  dollarsAt,
  NOW,
  placed,
  type Setting,
} from "./model-limits.fixture.ts"

let counts: Counting
beforeEach(() => {
  counts = counting()
})
afterEach(() => counts.close())

const setting = (it: Setting): void => {
  counts.close()
  counts = counting(it)
}

interface Judged {
  readonly world: World
  readonly frame: Frame<World>
  readonly denial: Denial<World> | undefined
}

/** As the gateway does: what a refused call had reserved is given back. */
async function judged(asked: Asked = {}): Promise<Judged> {
  const world = counts.world(asked)
  const frame = new Frame(counts.plan, world)
  const verdict = await decideLive(frame)
  if (verdict.kind === "deny") frame.release()
  return { world, frame, denial: verdict.kind === "deny" ? verdict : undefined }
}

const causeOf = async (asked: Asked = {}): Promise<string> => (await judged(asked)).denial?.cause.code ?? "permit"

const mendsOf = (frame: Frame<World>) =>
  mend(frame.complete()).map(({ changes }) =>
    changes.map((it) => ({ by: it.by, fact: it.kind === "fact" ? it.fact.name : "", to: it.to, at: it.at })),
  )

const spend = (dollars: string) => ({ ...NO_USE, cost: usd(dollars) })
const spent = (holder: string, period: "day" | "month", now = NOW): number =>
  counts.ledger.spent(accountOf(holder, period, now))

const groups: Groups = {
  teams: new Map([
    [
      "search",
      {
        tenant: "acme",
        limits: {
          dollarsPerDay: dollarsAt("10", "teams.search.budget.day"),
          models: placed(["gpt-*"], "teams.search.models"),
        },
      },
    ],
  ]),
  tenants: new Map([["acme", { dollarsPerMonth: dollarsAt("12", "tenants.acme.budget.month") }]]),
}

describe("models that may be used", () => {
  const key = { limits: { models: placed(["gpt-s*"], "keys[0].models") } }

  test("a key without patterns may use every model", async () => {
    expect(await causeOf({ model: "claude" })).toBe("permit")
  })

  test("a key may use what its patterns match, and nothing else", async () => {
    expect(await causeOf({ key, model: "gpt-small" })).toBe("permit")
    expect(await causeOf({ key, model: "gpt-large" })).toBe("access/model-not-allowed")
  })

  test("the patterns of the team hold beside those of the key", async () => {
    setting({ groups })
    expect(await causeOf({ key: { team: "search" }, model: "claude" })).toBe("access/model-not-allowed")
    expect(await causeOf({ key: { ...key, team: "search" }, model: "gpt-large" })).toBe("access/model-not-allowed")
    expect(await causeOf({ key: { ...key, team: "search" }, model: "gpt-small" })).toBe("permit")
  })

  test("the caller is shown another model, the operator the place of the patterns, and both were decided again", async () => {
    const { denial, frame } = await judged({ key, model: "gpt-large" })
    if (denial === undefined) throw new Error("it was permitted")
    expect(explain(denial, "owner").evidence).toMatchObject([
      { fact: "key.models", observed: ["gpt-s*"], required: "gpt-large" },
    ])
    const changes = mend(frame.complete()).map(({ changes: [first] }) => first)
    expect(changes).toMatchObject([
      { by: "caller", kind: "fact", fact: { name: "model.name" }, to: "gpt-small" },
      {
        by: "operator",
        kind: "fact",
        fact: { name: "key.models" },
        to: ["gpt-s*", "gpt-large"],
        at: at("keys[0].models"),
      },
    ])
  })

  test("a key whose team or tenant is not configured opens no model", async () => {
    expect(await causeOf({ key: { team: "gone" } })).toBe("access/group-unknown")
    expect(await causeOf({ key: { tenant: "gone" } })).toBe("access/group-unknown")
    setting({ groups })
    expect(await causeOf({ key: { team: "search" } })).toBe("permit")
    expect(await causeOf({ key: { tenant: "acme" } })).toBe("permit")
  })
})

describe("a minute's limits", () => {
  test("calls are counted, and a refused one is not", async () => {
    const key = {
      limits: { requestsPerMinute: placed(2, "keys[0].limits.requests-per-minute"), models: placed(["gpt-*"], "m") },
    }
    expect(await causeOf({ key })).toBe("permit")
    expect(await causeOf({ key, model: "claude" })).toBe("access/model-not-allowed")
    expect(await causeOf({ key })).toBe("permit")
    expect(await causeOf({ key })).toBe("quota/model-requests-spent")
    expect(await causeOf({ key, now: NOW + 60_000 })).toBe("permit")
  })

  test("tokens are counted by their estimate, and put right by what was used", async () => {
    const key = { limits: { tokensPerMinute: placed(1000, "keys[0].limits.tokens-per-minute") } }
    const first = await judged({ key, tokens: 600 })
    expect(first.denial).toBeUndefined()
    expect(await causeOf({ key, tokens: 401 })).toBe("quota/tokens-spent")
    settleCall(first.world, { ...NO_USE, inputTokens: 100, outputTokens: 50 })
    expect(await causeOf({ key, tokens: 851 })).toBe("quota/tokens-spent")
    expect(await causeOf({ key, tokens: 850 })).toBe("permit")
  })

  test("a call that took more than its estimate closes the minute for the next", async () => {
    const key = { limits: { tokensPerMinute: placed(1000, "k") } }
    const { world } = await judged({ key, tokens: 100 })
    settleCall(world, { ...NO_USE, inputTokens: 100, outputTokens: 1500 })
    expect(await causeOf({ key, tokens: 1 })).toBe("quota/tokens-spent")
  })

  test("keys of one team are counted together", async () => {
    const limits = { tokensPerMinute: placed(1000, "teams.search.limits.tokens-per-minute") }
    setting({ groups: { teams: new Map([["search", { limits }]]), tenants: new Map() } })
    expect(await causeOf({ key: { name: "alice", team: "search" }, tokens: 700 })).toBe("permit")
    expect(await causeOf({ key: { name: "bob", team: "search" }, tokens: 700 })).toBe("quota/tokens-spent")
    expect(await causeOf({ key: { name: "carol" }, tokens: 700 })).toBe("permit")
  })
})

describe("budgets", () => {
  const key = {
    limits: {
      dollarsPerDay: dollarsAt("5", "keys[0].budget.day"),
      dollarsPerMonth: dollarsAt("50", "keys[0].budget.month"),
    },
  }

  test("a call is booked on all of them at once, and settled on all at what it cost", async () => {
    setting({ groups, models: { "gpt-tiny": { dollarsPerMonth: dollarsAt("3", "models.gpt-tiny.budget.month") } } })
    const { world, denial } = await judged({ key: { ...key, team: "search" }, model: "gpt-tiny", cost: "2" })
    expect(denial).toBeUndefined()
    const accounts = ["2026-11-21 key alice", "2026-11 key alice", "2026-11-21 team search", "2026-11 tenant acme"]
    expect(counts.ledger.open()).toMatchObject([
      { call: world.decision, accounts: [...accounts, "2026-11 model gpt-tiny"], estimate: usd("2") },
    ])
    settleCall(world, spend("0.000000003"))
    expect([spent("key alice", "day"), spent("tenant acme", "month"), spent("model gpt-tiny", "month")]).toEqual([
      3, 3, 3,
    ])
    expect(counts.ledger.open()).toEqual([])
  })

  test("the tightest refuses, and nothing stays booked on the others", async () => {
    setting({ groups })
    expect(await causeOf({ key: { name: "a", team: "search" }, cost: "9" })).toBe("permit")
    const { denial } = await judged({ key: { ...key, name: "b", team: "search" }, cost: "4" })
    if (denial === undefined) throw new Error("it was permitted")
    expect(explain(denial, "operator")).toMatchObject({
      cause: "quota/budget-spent",
      status: 402,
      detail: "With this call, $13 would be spent today for this team, and the budget is $10.",
      evidence: [{ fact: "team.dollars-per-day", observed: "10", required: "13" }],
    })
    expect(denial.evidence[0].observedSource).toEqual(at("teams.search.budget.day"))
    expect(counts.ledger.open()).toHaveLength(1)
  })

  test("a refusal by a later clause gives back what was booked", async () => {
    const denied = await judged({ key: { ...key, limits: { ...key.limits, tokensPerMinute: placed(10, "k") } } })
    expect(denied.denial?.cause.code).toBe("quota/tokens-spent")
    const { frame } = await judged({ key, cost: "5" })
    expect(await causeOf({ key, cost: "0.000000001" })).toBe("quota/budget-spent")
    frame.release()
    expect(counts.ledger.open()).toEqual([])
    expect(await causeOf({ key, cost: "5" })).toBe("permit")
  })

  test("a call that costs less is proposed to the caller, as little as the tightest budget has left", async () => {
    const { denial, frame } = await judged({ key, cost: "60" })
    expect(denial?.cause.code).toBe("quota/budget-spent")
    expect(mendsOf(frame)).toEqual([[{ by: "caller", fact: "model.dollars", to: "5", at: undefined }]])
  })

  test("where nothing is left, there is another day, or an edit where the budget is written", async () => {
    settleCall((await judged({ key, cost: "5" })).world, spend("5"))
    const { frame } = await judged({ key, cost: "1" })
    expect(mendsOf(frame)).toEqual([
      [{ by: "caller", fact: "quota.dollars-taken-per-day-by-key", to: "0", at: undefined }],
      [{ by: "operator", fact: "key.dollars-per-day", to: "6", at: at("keys[0].budget.day") }],
    ])
  })

  test("a call that takes fewer tokens is proposed as well", async () => {
    const few = { limits: { tokensPerMinute: placed(1000, "keys[0].limits.tokens-per-minute") } }
    await judged({ key: few, tokens: 300 })
    const { frame } = await judged({ key: few, tokens: 800 })
    expect(mendsOf(frame)).toEqual([
      [{ by: "caller", fact: "model.tokens", to: 700, at: undefined }],
      [{ by: "caller", fact: "quota.tokens-taken-by-key", to: 0, at: undefined }],
      [{ by: "operator", fact: "key.tokens-per-minute", to: 1100, at: at("keys[0].limits.tokens-per-minute") }],
    ])
  })

  test("a day's budget is there again at midnight UTC, and a month's is not", async () => {
    const soon = { limits: { ...key.limits, dollarsPerMonth: dollarsAt("6", "keys[0].budget.month") } }
    settleCall((await judged({ key: soon, cost: "5" })).world, spend("5"))
    expect(await causeOf({ key: soon, cost: "1" })).toBe("quota/budget-spent")
    const midnight = Date.UTC(2026, 10, 22)
    expect(await causeOf({ key: soon, cost: "1", now: midnight - 1 })).toBe("quota/budget-spent")
    expect(await causeOf({ key: soon, cost: "1.1", now: midnight })).toBe("quota/budget-spent")
    expect(await causeOf({ key: soon, cost: "1", now: midnight })).toBe("permit")
    expect(await causeOf({ key: soon, cost: "5", now: Date.UTC(2026, 11, 1) })).toBe("permit")
  })

  test("a call is settled once, and not given back afterwards", async () => {
    const { world, frame } = await judged({ key, cost: "2" })
    settleCall(world, spend("1"))
    settleCall(world, spend("1"))
    frame.release()
    expect(spent("key alice", "day")).toBe(1_000_000_000)
  })

  test("without limits nothing is booked", async () => {
    const { world, denial } = await judged({ cost: "1000" })
    expect(denial).toBeUndefined()
    expect(counts.ledger.open()).toEqual([])
    settleCall(world, spend("1000"))
    expect(spent("key alice", "day")).toBe(0)
  })

  test("what is refused is refused again when it is replayed from its record, and asking takes nothing", async () => {
    const { denial, frame } = await judged({ key, cost: "60" })
    const again = decide(replay(counts.plan, recordOf(frame.complete(), "request")))
    expect(again.kind === "deny" ? again.cause : undefined).toBe(denial?.cause)
    const asked = new Frame(counts.plan, counts.world({ key, cost: "1" }))
    asked.select()
    asked.complete()
    expect(counts.ledger.open()).toEqual([])
  })

  test("however calls come and end, no budget is passed by more than the errors of estimates, and every sum is exact", async () => {
    const call = fc.record({
      name: fc.constantFrom("a", "b"),
      team: fc.constantFrom(undefined, "search"),
      cents: fc.nat(400),
      actual: fc.nat(500),
      ends: fc.constantFrom("settled", "settled", "open"),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 12 }), async (calls) => {
        setting({ groups })
        const paid = new Map<string, number>()
        let errors = 0
        for (const { name, team, cents, actual, ends } of calls) {
          const { world, denial } = await judged({
            key: { ...key, name, ...(team !== undefined && { team }) },
            cost: (cents / 100).toFixed(2),
          })
          if (denial !== undefined) continue
          const accounts = [`key ${name}`, ...(team === undefined ? [] : [`team ${team}`])]
          if (ends === "open") continue
          settleCall(world, { ...NO_USE, cost: nanoUsd(actual * 10_000_000) })
          errors += Math.max(0, actual - cents)
          for (const it of accounts) paid.set(it, (paid.get(it) ?? 0) + actual)
        }
        for (const [account, cents] of paid) expect(spent(account, "day")).toBe(cents * 10_000_000)
        for (const name of ["a", "b"])
          expect(spent(`key ${name}`, "day")).toBeLessThanOrEqual((500 + errors) * 10_000_000)
        expect(spent("team search", "day")).toBeLessThanOrEqual((1000 + errors) * 10_000_000)
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})
