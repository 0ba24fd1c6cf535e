import { afterAll, beforeAll, expect, test } from "bun:test"
import { askRaw, memberOf } from "./dialects.fixture.ts"
import { CALLER_KEY, type ModelGateway, startModelGateway } from "./gateway.fixture.ts"
import { type Format, formats } from "./providers/provider.fixture.ts"

let gateway: ModelGateway
beforeAll(async () => {
  const strict = (format: Format): string =>
    `"strict/${format}/*": { targets: [{ provider: ${format}, model: "*" }], retries: 0, on-loss: refuse }`
  gateway = await startModelGateway("", "retries: 0", [
    ...formats.map(strict),
    '"either/*": { targets: [{ provider: openai-chat, model: "*" }, { provider: cohere, model: "*" }], on-loss: refuse }',
  ])
})
afterAll(() => gateway.stop())

/** Who has no word for the number of likeliest tokens to choose from. */
const WITHOUT_TOP_K = new Set<Format>(["openai-chat", "openai-responses", "azure-openai", "bedrock"])

/** As the form names it, or a format that has it. */
const TOP_K = /top_?k/i

const ask = (model: string) =>
  askRaw(gateway, "anthropic", model, { key: CALLER_KEY, text: "say hi", more: { top_k: 7 } })

test.each([...formats])(
  "what %s cannot be told is left out and named, or refused, as the model says",
  async (format) => {
    const noted = await ask(`${format}/m1`)
    expect(noted.status).toBe(200)
    const dropped = (noted.headers.get("pinpoint-dropped") ?? "").split(", ").filter((it) => TOP_K.test(it))
    expect(dropped).toHaveLength(WITHOUT_TOP_K.has(format) ? 1 : 0)
    const strict = await ask(`strict/${format}/m1`)
    if (!WITHOUT_TOP_K.has(format)) {
      expect(strict.status).toBe(200)
      return
    }
    expect([strict.status, strict.headers.get("pinpoint-cause")]).toEqual([400, "model/not-carried"])
    expect(String(memberOf(await strict.json(), "error", "message"))).toMatch(TOP_K)
  },
)

test("a target that can be told all of it is chosen over one that cannot, and the record says why", async () => {
  const answer = await ask("either/m1")
  expect([answer.status, answer.headers.get("pinpoint-target")]).toEqual([200, "cohere/m1"])
  gateway.store.records.flush()
  const record = gateway.store.records.find(answer.headers.get("pinpoint-decision") ?? "")
  expect(record?.model?.passedOver).toEqual([{ target: "openai-chat/*", why: "cannot be told top_k" }])
})
