import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import OpenAI from "openai"
import type { Dialect } from "../../src/models/codec.ts"
import { askRaw, eventsOf, memberOf, textIn } from "./dialects.fixture.ts"
import { CALLER_KEY, type ModelGateway, startModelGateway } from "./gateway.fixture.ts"
import type { Format } from "./providers/provider.fixture.ts"

/** What is learnt and told beside the text of an answer. */
let gateway: ModelGateway
beforeAll(async () => {
  gateway = await startModelGateway("", "retries: 0", [
    "limited: { targets: [{ provider: openai-chat, model: works }], limits: { tokens-per-minute: 1000000 } }",
    "priced: { targets: [{ provider: azure-openai, model: works }], price: { input: 1, output: 2 } }",
  ])
})
afterAll(() => gateway.stop())

const ask = (dialect: Dialect, model: string, text: string, more: object = {}) =>
  askRaw(gateway, dialect, model, { key: CALLER_KEY, text, isStreamed: true, more })

const recordOf = ({ headers }: Response) => {
  gateway.store.records.flush()
  return gateway.store.records.find(headers.get("pinpoint-decision") ?? "")
}

const lastOf = (format: Format, model: string) =>
  gateway.providers
    .get(format)
    ?.requests()
    .findLast((it) => it.asked()?.model === model)

describe("the usage of a stream", () => {
  const limited = [
    { model: "limited", format: "openai-chat" },
    { model: "priced", format: "azure-openai" },
  ] as const

  test.each(limited)("that counts is learnt and not shown to a caller who did not ask for it: $model", async (it) => {
    const { model, format } = it
    const answer = await ask("openai-chat", model, "say one two three")
    const text = await answer.text()
    expect(textIn(text)).toBe("one two three")
    expect(eventsOf(text).some(({ data }) => memberOf(data, "usage") != null)).toBe(false)
    expect(text.endsWith("data: [DONE]\n\n")).toBe(true)
    expect(memberOf(JSON.parse(lastOf(format, "works")?.body.toString() ?? ""), "stream_options")).toEqual({
      include_usage: true,
    })
    expect(recordOf(answer)).toMatchObject({ verdict: "permit", model: { usage: { input: 14, output: 4 } } })
  })

  test("is shown to a caller who asks for it", async () => {
    const options = { stream_options: { include_usage: true } }
    const text = await (await ask("openai-chat", "limited", "say one two three", options)).text()
    expect(memberOf(eventsOf(text).at(-1)?.data, "usage", "completion_tokens")).toBe(4)
  })

  test("is not asked for where nobody counts it: the request passes byte for byte", async () => {
    const answer = await ask("openai-chat", "openai-chat/plain", "say one two three", { x_unknown: [1] })
    await answer.text()
    const body: unknown = JSON.parse(lastOf("openai-chat", "plain")?.body.toString() ?? "")
    expect(memberOf(body, "stream_options")).toBeUndefined()
    expect(memberOf(body, "x_unknown")).toEqual([1])
    expect(recordOf(answer)?.model?.usage).toBeUndefined()
  })

  test("stays out of what OpenAI's SDK sees", async () => {
    const client = new OpenAI({ apiKey: CALLER_KEY, baseURL: `${gateway.url}/v1`, maxRetries: 0 })
    const messages = [{ role: "user" as const, content: "say one two three" }]
    const stream = await client.chat.completions.create({ model: "limited", messages, stream: true })
    const chunks = await Array.fromAsync(stream)
    expect(chunks.every(({ choices }) => choices.length === 1)).toBe(true)
  })
})

describe("what a provider tells beside its answer", () => {
  const told = async (dialect: Dialect, format: Format, isStreamed: boolean) =>
    (await askRaw(gateway, dialect, `${format}/works`, { key: CALLER_KEY, text: "say hi", isStreamed })).headers

  test.each([false, true])("of its limits is told in the caller's dialect, streamed: %p", async (isStreamed) => {
    const openai = await told("openai-chat", "anthropic", isStreamed)
    expect(openai.get("x-ratelimit-remaining-tokens")).toBe("399000")
    expect(openai.get("x-ratelimit-reset-tokens")).toMatch(/^\d+(?:\.\d+)?s$/)
    expect(openai.has("anthropic-ratelimit-tokens-remaining")).toBe(false)
    const anthropic = await told("anthropic", "openai-chat", isStreamed)
    expect(anthropic.get("anthropic-ratelimit-requests-remaining")).toBe("9999")
    expect(anthropic.get("anthropic-ratelimit-tokens-reset")).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/)
    expect(anthropic.has("x-ratelimit-remaining-requests")).toBe(false)
    const gemini = await told("gemini", "openai-chat", isStreamed)
    expect([...gemini.keys()].filter((it) => it.includes("ratelimit-"))).toEqual([])
    const passed = await told("openai-chat", "openai-chat", isStreamed)
    expect(passed.get("x-ratelimit-reset-requests")).toBe("8.64s")
  })

  test("of its own id of the request is told as such", async () => {
    expect((await told("gemini", "anthropic", false)).get("x-provider-request-id")).toMatch(/^req_0*\d+$/)
    const passed = await told("openai-chat", "openai-chat", true)
    expect(passed.get("x-provider-request-id")).toMatch(/^req_0*\d+$/)
    expect(passed.get("x-request-id")).not.toBe(passed.get("x-provider-request-id"))
  })
})
