import { afterAll, beforeAll, expect, test } from "bun:test"
import { renderReplayed } from "../src/cli/render-replayed.ts"
import { styleFor } from "../src/cli/style.ts"
import { decisionAnswer, recentAnswer } from "../src/management/decision-answers.ts"
import { decisionFacts } from "../src/management/decision-facts.ts"
import { replayed } from "../src/management/replayed.ts"
import { startTestGateway, type TestGateway } from "./gateway.fixture.ts"

const KEY = "alice-0123456789abcdef"
const MESSAGE = {
  id: "msg_17",
  type: "message",
  role: "assistant",
  model: "claude",
  content: [{ type: "text", text: "Hello!" }],
  stop_reason: "end_turn",
  usage: { input_tokens: 9, output_tokens: 3, cache_read_input_tokens: 4 },
}

/** A provider that has too much to do, and one that speaks Anthropic's format. */
const busy = serve(() => Response.json({ error: { message: "Slow down.", type: "requests" } }, { status: 429 }))
const well = serve(() => Response.json(MESSAGE))
let gateway: TestGateway

function serve(answer: () => Response) {
  return Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: answer })
}

beforeAll(() => {
  gateway = startTestGateway(`
listen: 127.0.0.1:0
keys: [{ name: alice, key: ${KEY}, models: [fast, gone] }]
models:
  fast:
    targets:
      - { provider: busy, model: gpt, when: { headers: { Urgent: "*" } } }
      - { provider: busy, model: gpt-2 }
      - { provider: well, model: claude }
    retries: 0
    price: { input: 1, cached-input: 0.5, output: 2 }
    cache: { exact: {} }
  slow: [{ provider: busy, model: gpt }]
  gone: { targets: [{ provider: busy, model: gpt }], retries: 0 }
providers:
  busy: { dialect: openai, url: "http://127.0.0.1:${busy.port}/v1", keys: [first-0123456789, second-0123456789] }
  well: { dialect: anthropic, url: "http://127.0.0.1:${well.port}/v1", key: third-0123456789 }
records: { permits: 1 }
`)
})
afterAll(async () => {
  await gateway.stop()
  await Promise.all([busy.stop(), well.stop()])
})

async function decided(body: object) {
  const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  })
  await answer.text()
  gateway.store.records.flush()
  return replayed(gateway.store, answer.headers.get("pinpoint-decision") ?? "", "operator")
}

const messages = [{ role: "user", content: "Hello" }]
const shown = (told: Awaited<ReturnType<typeof decided>>): string =>
  renderReplayed(told, undefined, styleFor({ isTTY: false }))
    .replace(/after \d+ ms/g, "after N ms")
    // Whose turn of the pool it is depends on the decision's id.
    .replace(/busy#[12]/g, "busy#N")

test("a model call is explained with who was asked, who was passed over and why, what was left out, and what it cost", async () => {
  const told = await decided({ model: "fast", messages, seed: 7 })
  expect(shown(told)).toContain(`
  model        fast (chat)
  target       well/claude
  passed over  busy/gpt: asks for the field urgent: *
               busy/gpt-2: rate-limited with the key busy#N after N ms
               busy/gpt-2: rate-limited with the key busy#N after N ms
  left out     seed
  tokens       13 in (4 cached), 3 out
  cost         $0.000017
  cache        the answer was kept for the next such request
`)
})

test("an answer that was given again says so, and cost nothing", async () => {
  const told = await decided({ model: "fast", messages, seed: 7 })
  expect(shown(told)).toContain(`
  model  fast (chat)
  cache  the answer to the same request was given again
`)
})

test("a call that no target answered names them, and the cause has the provider's words", async () => {
  const said = shown(await decided({ model: "gone", messages, stream: true }))
  expect(said).toContain(
    "  model        gone (chat, streamed)\n  target       busy/gpt\n  passed over  busy/gpt: rate-limited",
  )
  expect(said).toContain("provider/rate-limited")
  expect(said).toContain("Slow down.")
  expect(said).not.toContain("0123456789")
})

test("a call that was refused before anybody was asked names the model alone", async () => {
  expect(shown(await decided({ model: "slow", messages }))).toContain("\n  model  slow (chat)\n\n")
})

test("machines are told the same, with the cost in dollars as text, on the command line and over HTTP", async () => {
  const told = await decided({ model: "fast", messages, seed: 8 })
  const model = { asked: "fast", operation: "chat", target: "well/claude", dropped: ["seed"], cost: "0.000017" }
  expect(decisionFacts(told)).toMatchObject({ model })
  const { store } = gateway
  expect(await (await decisionAnswer(told.record.id, null, store)).json()).toMatchObject({ model })
  expect(await recentAnswer(new URLSearchParams("limit=1"), store).json()).toMatchObject([{ model }])
})

test("who asks as a caller is told nothing of the call beside its refusal", async () => {
  const { record } = await decided({ model: "gone", messages })
  const answer = await decisionAnswer(record.id, "owner", gateway.store)
  const told: unknown = await answer.json()
  expect(told).toEqual({ id: record.id, explanation: expect.objectContaining({ cause: "provider/rate-limited" }) })
})
