import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test"
import { ask, type Question, spoken } from "./asking.fixture.ts"
import type { Format } from "./providers/provider.fixture.ts"
import { type Setting, startSetting } from "./setting.fixture.ts"

setDefaultTimeout(30_000)

const ADDRESS = "ann.smith@example.org"
const NEAR: Readonly<Record<(typeof spoken)[number], Format>> = {
  openai: "openai-chat",
  anthropic: "anthropic",
  gemini: "gemini",
}
const FAR: Readonly<Record<(typeof spoken)[number], Format>> = {
  openai: "anthropic",
  anthropic: "gemini",
  gemini: "openai-chat",
}

/** Every dialect, to its own format and to another, whole and streamed. */
const WAYS = spoken.flatMap((dialect) =>
  [NEAR[dialect], FAR[dialect]].flatMap((format) =>
    [false, true].map((isStreamed) => ({ dialect, format, isStreamed, model: `${format}/x` })),
  ),
)
const named = WAYS.map((it) => [`${it.dialect} to ${it.format}, ${it.isStreamed ? "streamed" : "whole"}`, it] as const)

let setting: Setting
beforeAll(async () => {
  setting = await startSetting(["openai-chat", "anthropic", "gemini"])
})
afterAll(async () => {
  await setting.stop()
  expect(setting.gateway.faults).toEqual([])
})

const askWith = (question: Question) => ask(setting.gateway, question)

/** The body of the request a provider got last. */
const lastBody = (format: Format): string => setting.provider(format).requests().at(-1)?.body.toString() ?? ""
const asked = (): number =>
  (["openai-chat", "anthropic", "gemini"] as const).reduce((sum, it) => sum + setting.provider(it).requests().length, 0)

async function record(headers: Headers) {
  await setting.gateway.store.records.flush()
  return setting.gateway.store.records.find(headers.get("pinpoint-decision") ?? "")
}

describe("what is masked in a request", () => {
  beforeAll(() =>
    setting.configure(`guardrails:
  - sensitive-data: { find: [email], names: [Ann Smith], on: [request], then: mask }`),
  )
  test.each(named)("never reaches the provider: %s", async (_, way) => {
    const told = await askWith({ ...way, text: `I am ann smith, ${ADDRESS}. say done`, system: `Of ${ADDRESS}` })
    expect([told.status, told.said]).toEqual([200, "done"])
    const body = lastBody(way.format)
    expect(body).not.toContain("example.org")
    expect(body.toLowerCase()).not.toContain("ann smith")
    expect(body.match(/\[EMAIL\]/g)?.length).toBe(2)
    expect(body).toContain("[NAME]")
  })
})

describe("what is masked in an answer", () => {
  beforeAll(() =>
    setting.configure(`guardrails:
  - sensitive-data: { find: [email, card], on: [answer], then: mask }`),
  )
  test.each(named)("never reaches the caller, wherever it is split: %s", async (_, way) => {
    const told = await askWith({ ...way, text: `say write to ${ADDRESS} with 4111 1111 1111 1111, now` })
    expect([told.status, told.said]).toEqual([200, "write to [EMAIL] with [CARD], now"])
    expect(told.raw).not.toContain("example")
    expect(told.raw).not.toContain("4111")
    expect((await record(told.headers))?.verdict).toBe("permit")
  })

  test("is not told by log probabilities either, and that they are left out is told", async () => {
    const more = { logprobs: true, top_logprobs: 2 }
    const told = await askWith({ model: "openai-chat/x", text: `say ${ADDRESS}`, more })
    expect(told.said).toBe("[EMAIL]")
    expect(told.raw).not.toContain("ann")
    expect(told.headers.get("pinpoint-dropped")).toContain("logprobs")
  })
})

describe("what is refused in a request", () => {
  beforeAll(() =>
    setting.configure(`guardrails:
  - banned-terms: { terms: [project zebra], on: [request] }
  - sensitive-data: { find: [email], on: [request] }`),
  )
  test.each(named)("is told in the dialect, with kinds and never with values: %s", async (_, way) => {
    const before = asked()
    const told = await askWith({ ...way, text: `I am ${ADDRESS}` })
    expect(told.status).toBe(403)
    expect(told.cause).toBe("content/sensitive-data")
    expect(told.raw).toContain("email")
    expect(told.raw).not.toContain("example.org")
    expect(JSON.parse(told.raw)).toMatchObject({ error: { message: expect.any(String) } })
    expect(asked()).toBe(before)
    const kept = await record(told.headers)
    expect(JSON.stringify(kept)).not.toContain("example.org")
    expect([kept?.verdict, kept?.cause]).toEqual(["deny", "content/sensitive-data"])
  })

  test("is judged in the order in which guardrails are written", async () => {
    const told = await askWith({ model: "openai-chat/x", text: `${ADDRESS} of project zebra` })
    expect(told.cause).toBe("content/banned-term")
    expect(told.raw).not.toContain("zebra")
  })

  test("is found in what a tool has answered and in what the model said before", async () => {
    const call = { id: "c1", type: "function", function: { name: "f", arguments: "{}" } }
    const messages = [
      { role: "user", content: "x" },
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "c1", content: `found ${ADDRESS}` },
    ]
    const told = await askWith({ model: "openai-chat/x", text: "", more: { messages } })
    expect(told.cause).toBe("content/sensitive-data")
    const arguments_ = JSON.stringify({ to: ADDRESS })
    const earlier = [
      { role: "user", content: "x" },
      { role: "assistant", content: null, tool_calls: [{ ...call, function: { name: "f", arguments: arguments_ } }] },
      { role: "tool", tool_call_id: "c1", content: "done" },
    ]
    expect((await askWith({ model: "openai-chat/x", text: "", more: { messages: earlier } })).cause).toBe(
      "content/sensitive-data",
    )
  })
})

describe("what is refused in an answer", () => {
  beforeAll(() =>
    setting.configure(`guardrails:
  - sensitive-data: { find: [email], on: [answer] }
  - length: { answer: { words: 30 } }`),
  )
  test.each(named)("ends it with an error of the dialect, and nothing of it is told: %s", async (_, way) => {
    const told = await askWith({ ...way, text: `say write to ${ADDRESS} tomorrow` })
    expect(told.raw).not.toContain("ann")
    expect(told.raw).not.toContain("example.org")
    expect(told.raw).not.toContain("tomorrow")
    expect(told.raw).toContain("content/sensitive-data")
    if (way.isStreamed && told.status === 200) {
      expect("write to ".startsWith(told.said)).toBe(true)
      expect(told.raw).not.toContain("[DONE]")
      expect(told.raw).not.toContain("message_stop")
      expect(told.raw).not.toContain("STOP")
    } else {
      expect(told.status).toBe(403)
      expect(told.cause).toBe("content/sensitive-data")
    }
    const kept = await record(told.headers)
    expect([kept?.verdict, kept?.cause]).toEqual(["deny", "content/sensitive-data"])
    expect(JSON.stringify(kept)).not.toContain("example.org")
    expect(kept?.frame.phase).toBe("answer")
  })

  test.each(named)("is length as well: %s", async (_, way) => {
    const words = Array.from({ length: 60 }, (__, i) => `w${i}`).join(" ")
    const told = await askWith({ ...way, text: `say ${words}` })
    expect(told.raw).toContain("content/too-long")
    expect(told.raw).not.toContain("w32")
    expect((await askWith({ ...way, text: "say only this" })).said).toBe("only this")
  })
})
