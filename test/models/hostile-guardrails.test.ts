import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import { closeRawClients } from "../raw.fixture.ts"
import { fieldOf, type HostileSetting, startHostileSetting, statusOf } from "./hostile.fixture.ts"
import { answering, CHAT } from "./raw-provider.fixture.ts"

setDefaultTimeout(30_000)

const HIDDEN = "ann.smith@example.org"
let setting: HostileSetting
beforeAll(async () => {
  setting = await startHostileSetting(`guardrails:
  - sensitive-data: { find: [email], on: [request], then: refuse }
  - banned-terms: { terms: [zyzzyva], on: [answer], then: refuse }
  - language: { on: [request], allow: [de] }
`)
})
afterEach(closeRawClients)
afterAll(async () => {
  await setting.stop()
  expect(setting.gateway.faults).toEqual([])
})

const said = (...content: readonly object[]) => ({ messages: [{ role: "user", content }] })
const tool = (more: object) => ({ tools: [{ type: "function", function: { name: "f", ...more } }] })
const properties = { type: "object", properties: { name: { type: "string", description: HIDDEN } } }
const encoded = Buffer.from(HIDDEN).toString("base64")

const OPENAI: Readonly<Record<string, object>> = {
  "a tool's description": tool({ description: HIDDEN }),
  "the description of an argument that is called name": tool({ parameters: properties }),
  "the schema of the answer": {
    response_format: { type: "json_schema", json_schema: { name: "a", schema: { type: "object", title: HIDDEN } } },
  },
  metadata: { metadata: { a: HIDDEN } },
  "the name of the end user": { user: HIDDEN },
  "a prediction": { prediction: { type: "content", content: HIDDEN } },
  "a member nobody knows": { chat_template_kwargs: { a: [HIDDEN] } },
  "a file's name": said({ type: "file", file: { filename: HIDDEN, file_data: "data:application/pdf;base64,AAAA" } }),
  "earlier thoughts": { messages: [{ role: "assistant", content: "x", reasoning_content: HIDDEN }] },
}
const ANTHROPIC: Readonly<Record<string, object>> = {
  "a document's title": said({
    type: "document",
    title: HIDDEN,
    source: { type: "text", media_type: "text/plain", data: "x" },
  }),
  "what is told about a document": said({
    type: "document",
    context: HIDDEN,
    source: { type: "text", media_type: "text/plain", data: "x" },
  }),
  "a block only Anthropic knows": said({
    type: "search_result",
    source: "x",
    title: "x",
    content: [{ type: "text", text: HIDDEN }],
  }),
  "the name of the end user": { metadata: { user_id: HIDDEN } },
}
const GEMINI: Readonly<Record<string, object>> = {
  "text in base64": {
    contents: [{ role: "user", parts: [{ inlineData: { mimeType: "text/plain", data: encoded } }] }],
  },
  code: { contents: [{ role: "model", parts: [{ executableCode: { language: "PYTHON", code: HIDDEN } }] }] },
  labels: { labels: { a: HIDDEN } },
}

const CASES = [
  ...Object.entries(OPENAI).map(([what, more]) => ({
    what: `${what} (OpenAI)`,
    path: "/v1/chat/completions",
    body: { model: "open/x", messages: [{ role: "user", content: "x" }], ...more },
  })),
  ...Object.entries(ANTHROPIC).map(([what, more]) => ({
    what: `${what} (Anthropic)`,
    path: "/v1/messages",
    body: { model: "anthropic/x", max_tokens: 5, messages: [{ role: "user", content: "x" }], ...more },
  })),
  ...Object.entries(GEMINI).map(([what, more]) => ({
    what: `${what} (Gemini)`,
    path: "/v1beta/models/gemini%2Fx:generateContent",
    body: { contents: [{ role: "user", parts: [{ text: "x" }] }], ...more },
  })),
  {
    what: "an object where a text would name something",
    path: "/v1/embeddings",
    body: { model: "open/x", input: [{ url: { text: HIDDEN } }] },
  },
]

test.each(CASES)("what is refused is found in $what", async ({ path, body }) => {
  setting.sent()
  const answer = await setting.ask(path, JSON.stringify(body))
  expect([statusOf(answer), fieldOf(answer, "Pinpoint-Cause")]).toEqual([403, "content/sensitive-data"])
  expect(setting.sent()).toEqual([])
})

test.each([
  ["/v1/embeddings", `{"model":"open/x","input":"${HIDDEN}","input":"ok"}`],
  ["/v1/chat/completions", `{"model":"open/x","messages":[{"role":"user","content":"${HIDDEN}","content":"ok"}]}`],
])("a member that stands twice is sent as it was looked at: %s", async (path, body) => {
  setting.provider.answer = answering(CHAT)
  setting.sent()
  await setting.ask(path, body)
  expect(setting.sent()).toHaveLength(1)
  expect(setting.provider.seen.at(-1)).not.toContain(HIDDEN)
})

test("in which language tools and schemas are described does not matter", async () => {
  setting.provider.answer = answering(CHAT)
  const description = "Looks up the weather of a city, and tells the temperature that is measured there at the moment. "
  const answer = await setting.chat("open/x", {
    messages: [{ role: "user", content: "Wie ist das Wetter heute in Berlin, und wird es morgen wieder regnen?" }],
    ...tool({ description: description.repeat(3) }),
  })
  expect(statusOf(answer)).toBe(200)
})
