import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { APICallError, generateText, Output, stepCountIs, streamText, tool } from "ai"
import { z } from "zod"
import { caught } from "./caught.fixture.ts"
import { onePixel } from "./providers/openai-more.fixture.ts"
import { type Provider, startProvider } from "./providers/provider.fixture.ts"
import { reasoningSignature, reasoningText } from "./providers/script.fixture.ts"
import { vercelFormats, vercelModel } from "./vercel.fixture.ts"

/** The Vercel AI SDK as the judge of the scripted providers: it reads them as it reads the real ones. */
describe.each([...vercelFormats])("the scripted %s provider, read by the Vercel AI SDK,", (format) => {
  let provider: Provider
  beforeAll(async () => {
    provider = await startProvider(format)
  })
  afterAll(() => provider.stop())
  const model = (name: string) => vercelModel(format, provider.url, name)
  const get_weather = tool({
    description: "The weather of a city",
    inputSchema: z.object({ city: z.string() }),
    execute: ({ city }) => `12 degrees in ${city}`,
  })

  test("answers a plain question with usage", async () => {
    const { text, finishReason, usage } = await generateText({
      model: model("scripted"),
      prompt: "say héllo 👩‍👩‍👧 wörld",
    })
    expect(text).toBe("héllo 👩‍👩‍👧 wörld")
    expect(finishReason).toBe("stop")
    expect(usage.inputTokens).toBe(14)
    expect(usage.outputTokens).toBe(4)
  })

  test("streams in several pieces, characters of several bytes whole, usage at the end", async () => {
    const { textStream, usage, finishReason } = streamText({
      model: model("scripted"),
      prompt: "say größer 👩‍👩‍👧 als 日本語",
    })
    const texts = await Array.fromAsync(textStream)
    expect(texts.length).toBeGreaterThan(2)
    expect(texts.join("")).toBe("größer 👩‍👩‍👧 als 日本語")
    expect((await usage).inputTokens).toBe(15)
    expect(await finishReason).toBe("stop")
  })

  test.each(["whole", "streamed"])("calls tools in parallel and quotes their results: %s", async (way) => {
    const request = {
      model: model("scripted"),
      prompt: "What is the weather in Paris and Oslo?",
      tools: { get_weather },
      stopWhen: stepCountIs(3),
    }
    const streamed = way === "streamed" ? streamText(request) : undefined
    await streamed?.consumeStream()
    const steps = streamed === undefined ? (await generateText(request)).steps : await streamed.steps
    expect(steps.map((it) => it.finishReason)).toEqual(["tool-calls", "stop"])
    expect(steps[0]?.toolCalls.map((it) => it.input)).toEqual([{ city: "Paris" }, { city: "Oslo" }])
    expect(steps[1]?.text).toBe("The results are: 12 degrees in Paris; 12 degrees in Oslo")
  })

  test("matches a JSON schema asked for", async () => {
    const schema = z.object({ name: z.string(), age: z.number() })
    const { output } = await generateText({
      model: model("scripted"),
      prompt: "Who?",
      output: Output.object({ schema }),
    })
    expect(output).toEqual({ name: "Ada", age: 36 })
  })

  test("sees the bytes of an image", async () => {
    const image = Buffer.from(onePixel, "base64")
    const content = [
      { type: "text", text: "What is it?" },
      { type: "image", image, mediaType: "image/png" },
    ] as const
    const { text } = await generateText({
      model: model("scripted"),
      messages: [{ role: "user", content: [...content] }],
    })
    expect(text).toBe(`I see an image of type image/png with ${image.length} bytes`)
  })

  test("stops at the limit of tokens", async () => {
    const { finishReason } = await generateText({ model: model("scripted"), prompt: "stop early", maxOutputTokens: 16 })
    expect(finishReason).toBe("length")
  })

  test.each([401, 403, 404, 408, 429, 500, 503, 529])("answers %d in its own shape", async (status) => {
    const error = await caught(generateText({ model: model(`fault-${status}`), prompt: "x", maxRetries: 0 }))
    if (!APICallError.isInstance(error)) throw error
    expect(error.statusCode).toBe(status)
    expect(error.message).not.toBe(error.responseBody ?? "")
    expect(error.data).toBeDefined()
  })

  test("says after how long to try again", async () => {
    const error = await caught(generateText({ model: model("fault-429-retry"), prompt: "x", maxRetries: 0 }))
    if (!APICallError.isInstance(error)) throw error
    expect(error.responseHeaders?.["retry-after"]).toBe("1")
  })

  test.each(["fault-html", "fault-html-502", "fault-truncated-json"])("fails with %s", async (name) => {
    expect(await caught(generateText({ model: model(name), prompt: "x", maxRetries: 0 }))).toBeInstanceOf(Error)
  })

  test("tells an error in the middle of a stream", async () => {
    const errors: unknown[] = []
    const onError = ({ error }: { error: unknown }) => void errors.push(error)
    const { fullStream } = streamText({ model: model("fault-midstream-error"), prompt: "say something long", onError })
    const parts = await Array.fromAsync(fullStream)
    const isTold = errors.length > 0 || parts.some((it) => it.type === "finish" && it.finishReason === "error")
    expect(isTold).toBe(true)
  })

  test("sees that a client has gone", async () => {
    const controller = new AbortController()
    const { fullStream } = streamText({
      model: model("fault-stall"),
      prompt: "say something long",
      abortSignal: controller.signal,
    })
    for await (const part of fullStream)
      if (part.type === "text-delta" || part.type === "start-step") controller.abort()
    while (provider.requests().at(-1)?.isAbandoned() === false) await Bun.sleep(1)
    expect(provider.requests().at(-1)?.isAbandoned()).toBe(true)
  })
})

test("Anthropic's thinking comes with its signature, whole and streamed", async () => {
  await using provider = await disposable("anthropic")
  const options = { anthropic: { thinking: { type: "enabled", budgetTokens: 1024 } } } as const
  const request = {
    model: vercelModel("anthropic", provider.url, "claude-scripted"),
    prompt: "say yes",
    providerOptions: options,
  }
  const streamed = streamText({ ...request, maxOutputTokens: 2048 })
  await streamed.consumeStream()
  for (const reasoning of [
    (await generateText({ ...request, maxOutputTokens: 2048 })).reasoning,
    await streamed.reasoning,
  ]) {
    expect(reasoning.map((it) => it.text)).toEqual([reasoningText])
    expect(reasoning[0]?.providerMetadata?.anthropic).toEqual({ signature: reasoningSignature })
  }
})

async function disposable(format: Parameters<typeof startProvider>[0]) {
  const provider = await startProvider(format)
  return { ...provider, [Symbol.asyncDispose]: () => provider.stop() }
}
