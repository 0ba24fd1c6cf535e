import { afterAll, beforeAll, expect, test } from "bun:test"
import { startTestGateway, type TestGateway } from "../gateway.fixture.ts"
import { CALLER_KEY } from "./gateway.fixture.ts"

const event = (type: string, data: object): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`

/** Anthropic's stream (API reference, "Streaming Messages") of a text with a citation by place, which OpenAI has no word for. */
const STREAM = [
  event("message_start", {
    message: { id: "msg_1", type: "message", role: "assistant", model: "m", content: [], usage: { input_tokens: 1 } },
  }),
  event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
  event("content_block_delta", { index: 0, delta: { type: "text_delta", text: "The grass is green." } }),
  event("content_block_delta", {
    index: 0,
    delta: {
      type: "citations_delta",
      citation: {
        type: "char_location",
        cited_text: "The grass is green.",
        document_index: 0,
        document_title: "Facts",
        start_char_index: 0,
        end_char_index: 20,
      },
    },
  }),
  event("content_block_stop", { index: 0 }),
  event("message_delta", { delta: { stop_reason: "end_turn", stop_sequence: null }, usage: { output_tokens: 5 } }),
  event("message_stop", {}),
]

let provider: ReturnType<typeof Bun.serve>
let gateway: TestGateway
beforeAll(() => {
  async function* pieces() {
    for (const it of STREAM) {
      yield it
      await Bun.sleep(5)
    }
  }
  provider = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: () => new Response(pieces(), { headers: { "content-type": "text/event-stream" } }),
  })
  gateway = startTestGateway(`
listen: 127.0.0.1:0
keys: [{ name: alice, key: ${CALLER_KEY} }]
models: { cited: [{ provider: one, model: m }] }
providers: { one: { use: anthropic, url: "http://127.0.0.1:${provider.port}/v1", key: k } }
records: { permits: 1 }
`)
})
afterAll(async () => {
  await gateway.stop()
  await provider.stop(true)
})

test("what turns out to be lost when a stream has begun is told as a comment at its end, and kept in the record", async () => {
  const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${CALLER_KEY}` },
    body: JSON.stringify({ model: "cited", stream: true, messages: [{ role: "user", content: "?" }] }),
  })
  const text = await answer.text()
  expect(text).toContain("The grass is green.")
  const [, dropped] = /^: Pinpoint-Dropped: (.+)$/m.exec(text) ?? []
  expect(dropped).toContain("citations")
  gateway.store.records.flush()
  const record = gateway.store.records.find(answer.headers.get("pinpoint-decision") ?? "")
  expect(record?.model?.dropped.join(", ")).toContain("citations")
  expect(gateway.faults).toEqual([])
})
