import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test"
import fc from "fast-check"
import { chanceOf } from "../../src/gateway/chance.ts"
import { choose } from "../../src/models/routing/choose.ts"
import { Health } from "../../src/models/routing/health.ts"
import { BALANCES } from "../../src/models/routing/target.ts"
import { planFor } from "../gateway.fixture.ts"
import { ask, type Question, type Told } from "./asking.fixture.ts"
import { CALLER_KEY } from "./gateway.fixture.ts"
import { type Setting, startSetting } from "./setting.fixture.ts"

setDefaultTimeout(30_000)

const BOB = "bob-0123456789abcdef"
const KEYS = `tenants: { acme: {} }
keys:
  - { name: alice, key: ${CALLER_KEY} }
  - { name: bob, key: ${BOB}, tenant: acme }`

let setting: Setting
beforeAll(async () => {
  setting = await startSetting(["openai-chat", "anthropic", "gemini"], undefined, KEYS)
})
afterAll(async () => {
  await setting.stop()
  expect(setting.gateway.faults).toEqual([])
})

const asking = (question: Partial<Question>): Promise<Told> =>
  ask(setting.gateway, { model: "m", text: "say hello", ...question })
const targetOf = async (question: Partial<Question> = {}): Promise<string | null> => {
  const told = await asking(question)
  return told.status === 200 ? told.headers.get("pinpoint-target") : told.cause
}
async function passedOver({ headers }: Told): Promise<readonly { readonly target: string; readonly why: string }[]> {
  await setting.gateway.store.records.flush()
  return setting.gateway.store.records.find(headers.get("pinpoint-decision") ?? "")?.model?.passedOver ?? []
}

/** A served model as a plan has it. */
function served(models: string, name = "m") {
  const { destinations } = planFor(
    `models:\n${models}\nproviders: { a: { use: openai, key: k }, b: { use: anthropic, key: k }, c: { use: groq, key: k } }`,
    {},
  )
  for (const it of destinations.values()) {
    const found = it.kind === "models" ? it.models.find(name) : undefined
    if (found !== undefined) return found
  }
  throw new Error(`${name} is not served`)
}

const by = (chance: number) => ({
  now: 1_800_000_000_000,
  chance,
  inputTokens: 10,
  tenant: undefined,
  header: () => undefined,
})

describe("choosing", () => {
  test("by weight gives each target its share of calls, and one without weight none", () => {
    const model = served(`  m:
    balance: weighted
    targets:
      - { provider: a, model: x, weight: 1 }
      - { provider: b, model: x, weight: 3 }
      - { provider: c, model: x, weight: 0 }`)
    const health = new Health()
    const calls = 2000
    const counts = new Map<string, number>()
    for (let i = 0; i < calls; i++) {
      const { order } = choose(model, health, by(chanceOf(Bun.randomUUIDv7())))
      const first = order[0]?.id ?? ""
      counts.set(first, (counts.get(first) ?? 0) + 1)
      expect(order.length).toBe(3)
    }
    // Six standard deviations: one run in five hundred million is further off.
    const spread = 6 * Math.sqrt(calls * 0.25 * 0.75)
    expect(Math.abs((counts.get("a/x") ?? 0) - calls / 4)).toBeLessThan(spread)
    expect(Math.abs((counts.get("b/x") ?? 0) - (calls * 3) / 4)).toBeLessThan(spread)
    expect(counts.get("c/x")).toBe(undefined)
  })

  test("never loses a target and never takes one twice, whatever rests", () => {
    const plain = served(`  m: [${["a", "b", "c"].map((it) => `{ provider: ${it}, model: x }`).join(", ")}]`)
    fc.assert(
      fc.property(
        fc.constantFrom(...BALANCES),
        fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }),
        fc.subarray(["a/x", "b/x", "c/x"]),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (balance, weights, resting, chance) => {
          const targets = plain.targets.map((it, i) => ({ ...it, weight: weights[i] ?? 0 }))
          const model = { ...plain, balance, targets }
          const health = new Health()
          const at = by(chance)
          for (const it of resting) health.failed(it, "failed", undefined, at.now)
          const { order, passedOver: left } = choose(model, health, at)
          const all = [...order.map(({ id }) => id), ...left.map(({ target }) => target)]
          expect(all.toSorted()).toEqual(["a/x", "b/x", "c/x"])
          expect(order.length).toBe(resting.length === 3 ? 3 : 3 - resting.length)
        },
      ),
    )
  })

  test("by latency takes who was never measured, then who answers soonest", () => {
    const model = served(
      "  m: { balance: least-latency, targets: [{ provider: a, model: x }, { provider: b, model: x }] }",
    )
    const health = new Health()
    const first = () => choose(model, health, by(0)).order[0]?.id
    health.succeeded("a/x", 100)
    expect(first()).toBe("b/x")
    health.succeeded("b/x", 300)
    expect(first()).toBe("a/x")
    for (let i = 0; i < 20; i++) health.succeeded("a/x", 900)
    expect(first()).toBe("b/x")
  })

  test("by price takes the cheapest of the catalogue, and what has no price last", () => {
    const model = served(
      "  m: { balance: cheapest, targets: [{ provider: a, model: unpriced }, { provider: a, model: gpt-5 }, { provider: a, model: gpt-5-nano }, { provider: b, model: claude-opus-4-1 }] }",
    )
    const { order } = choose(model, new Health(), by(0))
    expect(order.map(({ id }) => id)).toEqual(["a/gpt-5-nano", "a/gpt-5", "b/claude-opus-4-1", "a/unpriced"])
  })
})

describe("conditions", () => {
  beforeAll(() =>
    setting.configure(
      "",
      `  m:
    targets:
      - { provider: openai-chat, model: beta, when: { headers: { X-Stage: beta } } }
      - { provider: openai-chat, model: any, when: { headers: { X-Debug: "*" } } }
      - { provider: anthropic, model: ours, when: { tenants: [acme] } }
      - { provider: gemini, model: long, when: { min-input: 500 } }
      - { provider: openai-chat, model: usual, when: { max-input: 499 } }
  strict: [{ provider: openai-chat, model: x, when: { tenants: [acme] } }]`,
    ),
  )

  test("on fields, tenants and size choose the target", async () => {
    expect(await targetOf()).toBe("openai-chat/usual")
    expect(await targetOf({ headers: { "x-stage": "beta" } })).toBe("openai-chat/beta")
    expect(await targetOf({ headers: { "x-stage": "gamma" } })).toBe("openai-chat/usual")
    expect(await targetOf({ headers: { "x-debug": "1" } })).toBe("openai-chat/any")
    expect(await targetOf({ key: BOB })).toBe("anthropic/ours")
    expect(await targetOf({ text: `say hello. ${"word ".repeat(600)}` })).toBe("gemini/long")
  })

  test("the record says why others were passed over", async () => {
    const whys = await passedOver(await asking({}))
    expect(whys.map(({ target }) => target)).toEqual([
      "openai-chat/beta",
      "openai-chat/any",
      "anthropic/ours",
      "gemini/long",
    ])
    expect(whys.map(({ why }) => why)).toEqual([
      "asks for the field x-stage: beta",
      "asks for the field x-debug: *",
      "is for certain tenants, and the key has none",
      expect.stringMatching(/^takes requests from 500 tokens, and this has about \d+$/),
    ])
  })

  test("that none of the targets meets refuse the call, and say why", async () => {
    expect((await asking({ model: "strict", key: BOB })).status).toBe(200)
    const told = await asking({ model: "strict" })
    expect([told.status, told.cause]).toEqual([400, "model/no-target"])
    expect(told.raw).toContain("is for certain tenants, and the key has none")
  })
})

test("aliases and patterns lead to their model, the longest pattern before others", async () => {
  setting.configure(
    "",
    `  one: { targets: [{ provider: openai-chat, model: first }], aliases: [uno, "best/one"] }
  "best/*": [{ provider: anthropic, model: "claude-*" }]
  "best/big-*": [{ provider: gemini, model: "g-*-x" }]`,
  )
  expect(await targetOf({ model: "uno" })).toBe("openai-chat/first")
  expect(await targetOf({ model: "best/one" })).toBe("openai-chat/first")
  expect(await targetOf({ model: "best/two" })).toBe("anthropic/claude-two")
  expect(await targetOf({ model: "best/big-3" })).toBe("gemini/g-3-x")
  expect(await targetOf({ model: "worst" })).toBe("model/not-found")
})

describe("what cannot be carried", () => {
  const more = { logit_bias: { "50256": -100 } }

  test("is left out and told where that is the setting", async () => {
    setting.configure("", "  m: { targets: [{ provider: anthropic, model: x }] }")
    const told = await asking({ more })
    expect([told.status, told.headers.get("pinpoint-dropped")]).toEqual([200, "logit_bias"])
  })

  test("has another target chosen, or the call refused, where that is", async () => {
    const both = "[{ provider: anthropic, model: x }, { provider: openai-chat, model: y }]"
    setting.configure("", `  m: { targets: ${both}, on-loss: refuse }`)
    expect(await targetOf()).toBe("anthropic/x")
    const told = await asking({ more })
    expect([told.status, told.headers.get("pinpoint-target")]).toEqual([200, "openai-chat/y"])
    expect(told.headers.get("pinpoint-dropped")).toBe(null)
    expect(await passedOver(told)).toEqual([{ target: "anthropic/x", why: "cannot be told logit_bias" }])
    setting.configure("", "  m: { targets: [{ provider: anthropic, model: x }], on-loss: refuse }")
    const refused = await asking({ more })
    expect(refused.cause).toBe("model/not-carried")
    expect(refused.raw).toContain("logit_bias")
  })
})

describe("time", () => {
  const retries = "retries: 0"
  /** Of the slow model, a second or more. */
  const LONG = "a text of some words ".repeat(6).trim()

  test("to the first token passes to the next target, whole and streamed", async () => {
    for (const isStreamed of [false, true]) {
      // Of its own name each time, as who failed rests.
      setting.configure(
        "",
        `  m: { targets: [{ provider: openai-chat, model: ${isStreamed ? "a" : "b"}/fault-silence }, { provider: anthropic, model: x }], ${retries}, timeouts: { first-token: 500ms } }`,
      )
      const told = await asking({ isStreamed })
      expect([told.status, told.said, told.headers.get("pinpoint-target")]).toEqual([200, "hello", "anthropic/x"])
      const [first] = await passedOver(told)
      expect(first?.target).toContain("fault-silence")
      expect(first?.why).toMatch(/^too-slow after \d+ ms$/)
    }
  })

  test("to the first token is over once it came, however long the rest takes", async () => {
    setting.configure(
      "",
      `  m: { targets: [{ provider: openai-chat, model: slow }], ${retries}, timeouts: { first-token: 700ms } }`,
    )
    const told = await asking({ isStreamed: true, text: `say ${LONG}` })
    expect(told.said).toBe(LONG)
  })

  test("to the first token is over once it came, also where a guardrail holds it back", async () => {
    setting.configure(
      "guardrails: [{ answer-schema: { schema: { type: string } } }]",
      `  m: { targets: [{ provider: openai-chat, model: slow }], ${retries}, timeouts: { first-token: 700ms } }`,
    )
    const told = await asking({ isStreamed: true, text: `say "${LONG}"` })
    expect(told.said).toBe(`"${LONG}"`)
  })

  test("to the end is over for all targets together, before an answer and in it", async () => {
    setting.configure(
      "",
      `  m: { targets: [{ provider: openai-chat, model: c/fault-silence }, { provider: gemini, model: fault-silence }], ${retries}, timeouts: { total: 60ms, first-token: 40ms } }
  stalls: { targets: [{ provider: openai-chat, model: fault-stall }], ${retries}, timeouts: { total: 500ms } }`,
    )
    for (const isStreamed of [false, true]) {
      const told = await asking({ isStreamed })
      expect([told.status, told.cause]).toEqual([504, "provider/too-slow"])
    }
    const stalled = await asking({ model: "stalls", isStreamed: true, text: "say a text of a few words" })
    expect(stalled.status).toBe(200)
    expect(stalled.raw).toContain("provider/too-slow")
    expect(stalled.raw).not.toContain("[DONE]")
  })
})
