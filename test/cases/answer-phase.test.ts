import { describe, expect, setDefaultTimeout, test } from "bun:test"
import { readCase } from "../../src/causes/case-file.ts"
import { PATIENCE } from "../process.fixture.ts"
import { agrees } from "./agrees.fixture.ts"
import { bodyOf, hasBegun, statusOf } from "./caller.fixture.ts"
import { live } from "./live.fixture.ts"

setDefaultTimeout(PATIENCE)

const event = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ id: "c-17", object: "chat.completion.chunk", created: 1735722000, model: "m", choices: [{ index: 0, delta, finish_reason: finish }] })}\\n\\n`

/** A streamed call of a model that answers in these pieces, under a guardrail. */
function scene(guardrail: string, pieces: readonly string[]) {
  const body = JSON.stringify({ model: "small", stream: true, messages: [{ role: "user", content: "Hello" }] })
  const events = [...pieces.map((content) => event({ content })), event({}, "stop"), "data: [DONE]\\n\\n"]
  return readCase(
    `What a model streams is refused.

--- configuration

keys:
  - name: alice
    key: \${ALICE_KEY}
models:
  small:
    - { provider: local, model: llama-small }
providers:
  local: { dialect: openai, url: "http://models.internal:9100/v1", key: "\${PROVIDER_KEY}" }
guardrails:
  - ${guardrail}
records: { permits: 1 }

--- upstream, then ends

HTTP/1.1 200 OK
Content-Type: text/event-stream
Connection: close

${events.join("\n")}

--- request

POST /v1/chat/completions HTTP/1.1
Host: api.example.com
Authorization: Bearer \${ALICE_KEY}
Content-Type: application/json
Content-Length: ${body.length}

${body}
`,
    "",
  )
}

/** Enough of a harmless text that the stream has begun before what is refused comes. */
const PRELUDE = Array.from({ length: 200 }, (_, i) => `This is sentence ${i} of a story. `)

describe("an answer that a guardrail refuses while it is streamed", () => {
  const refused = [
    ["banned-terms: { terms: [moonshot] }", "content/banned-term", ["It is the moon", "shot project."]],
    ["sensitive-data: { find: [email] }", "content/sensitive-data", ["Write to ada@", "example.com."]],
    ["length: { answer: { words: 1205 } }", "content/too-long", ["One two three four", " five six seven."]],
  ] as const
  for (const [guardrail, code, tail] of refused)
    test(`ends with an error, decided alike live, simulated and replayed: ${code}`, async () => {
      await live(scene(guardrail, [...PRELUDE, ...tail]), false, (lived) => {
        agrees(lived, code)
        expect(lived.record?.frame.phase).toBe("answer")
        expect(hasBegun(lived.last)).toBe(true)
        expect(bodyOf(lived.last)).toContain("This is sentence 0")
        expect(bodyOf(lived.last)).toContain(`"cause":"${code}"`)
        for (const it of ["moonshot", "ada@example.com", "[DONE]"]) expect(bodyOf(lived.last)).not.toContain(it)
      })
    })

  test("is a plain refusal where nothing of it was passed on", async () => {
    const schema = "answer-schema: { schema: { type: object } }"
    await live(scene(schema, ["No ", "JSON."]), false, (lived) => {
      agrees(lived, "content/answer-not-schema")
      expect(lived.record?.frame.phase).toBe("answer")
      expect(statusOf(lived.last)).toBe(502)
    })
  })
})

test("an answer whose texts a guardrail blots out while it is streamed is permitted, without them", async () => {
  const masking = "sensitive-data: { find: [email], then: mask }"
  await live(scene(masking, ["Write to ada@", "example.com."]), false, ({ last, record, faults }) => {
    expect(statusOf(last)).toBe(200)
    expect(bodyOf(last)).toContain("[EMAIL]")
    expect(bodyOf(last)).not.toContain("ada@")
    expect(record?.verdict).toBe("permit")
    expect(faults).toEqual([])
  })
})
