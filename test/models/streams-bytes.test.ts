import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import fc from "fast-check"
import type { Dialect } from "../../src/models/codec.ts"
import { startTestGateway, type TestGateway } from "../gateway.fixture.ts"
import { askRaw, eventsOf, raw } from "./dialects.fixture.ts"
import { CALLER_KEY, providerLines } from "./gateway.fixture.ts"
import { startProvider } from "./providers/provider.fixture.ts"
import { listen, type Server } from "./providers/server.fixture.ts"
import { providerKey } from "./providers/wire.fixture.ts"

/** Dialects whose own format passes through. */
const OWN = ["openai-chat", "openai-responses", "anthropic", "gemini"] as const

/** What the replaying provider answers next, one HTTP chunk each. */
let frames: readonly Uint8Array[] = []
let type = "text/event-stream"
let replaying: Server
let gateway: TestGateway
beforeAll(async () => {
  replaying = await listen(() => ({
    reply: { kind: "stream", headers: { "content-type": type }, frames, pause: 0, end: "whole" },
    left: () => {
      // Nobody goes early.
    },
  }))
  const url = `http://127.0.0.1:${replaying.port}`
  gateway = startTestGateway(`
listen: 127.0.0.1:0
keys: [{ name: alice, key: ${CALLER_KEY} }]
models:
${OWN.map((it) => `  ${it}: { targets: [{ provider: ${it}, model: works }], retries: 0 }`).join("\n")}
providers:
${OWN.map((it) => `  ${it}: ${providerLines(it, url)}`).join("\n")}
`)
})
afterAll(async () => {
  await gateway.stop()
  await replaying.stop()
})

const ask = (dialect: Dialect, model: string) =>
  askRaw(gateway, dialect, model, { key: CALLER_KEY, isStreamed: true, text: "x" })

/** A real stream of the format, as its scripted provider writes it. */
async function recorded(format: (typeof OWN)[number]): Promise<Buffer> {
  const provider = await startProvider(format)
  const { path, body } = raw[format]
  const answer = await fetch(provider.url + path("works", true), {
    method: "POST",
    headers: {
      authorization: `Bearer ${providerKey}`,
      "x-goog-api-key": providerKey,
      "anthropic-version": "2023-06-01",
      "content-type": "application/json",
    },
    body: JSON.stringify(body("works", "say größer 👩‍👩‍👧 als 日本語", true)),
  })
  const bytes = Buffer.from(await answer.arrayBuffer())
  await provider.stop()
  return bytes
}

describe.each([...OWN])("a stream of %s in its own dialect", (format) => {
  test("passes byte for byte, comments and pings included, however it is split", async () => {
    const bytes = Buffer.concat([Buffer.from(": first\n\n"), await recorded(format), Buffer.from(": last\n\n")])
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: bytes.length }), { maxLength: 6 }), async (cuts) => {
        const places = [...new Set([0, ...cuts, bytes.length])].toSorted((a, b) => a - b)
        frames = places.slice(1).map((to, i) => bytes.subarray(places[i], to))
        const told = Buffer.from(await (await ask(format, format)).arrayBuffer())
        expect(told.toString()).toBe(bytes.toString())
      }),
      { numRuns: 25 },
    )
  })
})

test("an error before anything else of a stream is told with its status, as nothing has begun", async () => {
  frames = [Buffer.from('data: {"error":{"message":"no more","type":"server_error","code":null,"param":null}}\n\n')]
  for (const dialect of ["openai-chat", "anthropic"] as const) {
    const answer = await ask(dialect, "openai-chat")
    expect([answer.status, answer.headers.get("pinpoint-cause")]).toEqual([502, "provider/failed"])
    expect(raw[dialect].codeOf(await answer.json())).toBe("provider/failed")
  }
})

test("a server that knows no streams is told as one to a caller who asked for it", async () => {
  const message = { role: "assistant", content: "größer" }
  const choices = [{ index: 0, message, finish_reason: "stop" }]
  const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
  frames = [Buffer.from(JSON.stringify({ id: "c", object: "chat.completion", created: 1, model: "m", choices, usage }))]
  type = "application/json"
  for (const dialect of ["openai-chat", "anthropic", "gemini"] as const) {
    const answer = await ask(dialect, "openai-chat")
    expect(answer.headers.get("content-type")).toStartWith("text/event-stream")
    const text = await answer.text()
    expect(text).toContain("größer")
    expect(eventsOf(text).length).toBeGreaterThan(0)
  }
  type = "text/event-stream"
})

test("comments and pings of a provider do not disturb a stream that is told in another dialect", async () => {
  const bytes = (await recorded("anthropic")).toString()
  const ping = 'event: ping\ndata: {"type":"ping"}\n\n: comment\n\n'
  frames = bytes.split(/(?<=\n\n)/).flatMap((it) => [Buffer.from(it), Buffer.from(ping)])
  for (const dialect of ["openai-chat", "openai-responses", "openai-completions", "gemini"] as const) {
    const answer = await ask(dialect, "anthropic")
    const text = await answer.text()
    expect(text).toContain("日本語")
    // What is no comment and no name of an event is JSON, or the mark that ends OpenAI's streams.
    for (const line of text.split(/\r?\n/).filter((it) => it.startsWith("data: ") && it !== "data: [DONE]"))
      expect(() => JSON.parse(line.slice(6))).not.toThrow()
  }
})
