import { readEnvelope } from "../../src/mcp/envelope.ts"
import { EventReader } from "../../src/mcp/event-stream.ts"
import { readJson } from "../../src/mcp/json.ts"
import { readMessage } from "../../src/mcp/message.ts"
import { openApiTools } from "../../src/mcp/openapi-tools.ts"
import { DIALECTS, type Dialect, type Outbound } from "../../src/models/codec.ts"
import { INBOUND, OUTBOUND } from "../../src/models/codecs.ts"
import type { StreamEvent } from "../../src/models/form/events.ts"
import { FormFault } from "../../src/models/form/fault.ts"
import { Fold } from "../../src/models/form/fold.ts"
import { Losses } from "../../src/models/form/losses.ts"
import { bareRequest } from "../../src/models/form/request.ts"
import { textsOf, withTexts } from "../../src/models/form/texts.ts"
import { unfold } from "../../src/models/form/unfold.ts"
import { event, exception } from "../../src/models/framing/event-stream.fixture.ts"
import { WholeEvents } from "../../src/models/framing/whole-events.ts"
import { isObject, type JsonObject, parseObject } from "../../src/models/json.ts"
import { formFields, withField } from "../../src/models/multipart.ts"
import { nestsDeeper, withMember } from "../../src/models/openai/json-text.ts"
import { withoutUsageChunk, withUsageAsked } from "../../src/models/openai/stream-usage.ts"
import { usageOf } from "../../src/models/openai/usage-of.ts"
import { bodyTexts, saysInTokens, withBodyTexts } from "../../src/models/operations/body-texts.ts"
import { countableOf } from "../../src/models/operations/countable.ts"
import { translationFor } from "../../src/models/operations/translation-for.ts"
import type { Operation } from "../../src/models/provider.ts"
import { WIRE_FORMATS, type WireFormat } from "../../src/models/wire-format.ts"
import type { Target } from "./targets.fixture.ts"

/** As many levels as a request may have (`gateway/models/read-body.ts`); answers of providers are read as they come. */
const MOST_LEVELS = 512
const OPERATIONS: readonly Operation[] = ["embeddings", "rerank", "countTokens"]
const SEAM = 13

/** All that reads what callers and providers of models say. */
export const MODEL_TARGETS: readonly Target[] = [
  ...WIRE_FORMATS.map(
    (format): Target => ({
      name: `model answer: ${format}`,
      family: "model answer",
      parse: (it) => answer(format, it),
    }),
  ),
  ...WIRE_FORMATS.map(
    (format): Target => ({
      name: `model stream: ${format}`,
      family: "model stream",
      parse: (it) => stream(format, it),
    }),
  ),
  ...DIALECTS.map(
    (dialect): Target => ({
      name: `model request: ${dialect}`,
      family: "model request",
      parse: (it) => request(dialect, it),
    }),
  ),
  { name: "model operations", family: "model request", parse: operations },
  { name: "model request's bytes", family: "model request", parse: bytesOf },
  { name: "form in parts", family: "form in parts", parse: form },
  { name: "MCP message", family: "model request", parse: mcp },
]

/** Faults that name what is wrong are what such a reader is for. */
function faulty(act: () => void): void {
  try {
    act()
  } catch (error) {
    if (!(error instanceof FormFault)) throw error
  }
}

function answer(format: WireFormat, text: string): void {
  const body = parseObject(text)
  for (const status of [200, 400, 429, 500]) OUTBOUND[format].readError(status, body)
  if (body === undefined) return
  usageOf(body)
  faulty(() => {
    const read = OUTBOUND[format].readAnswer(body)
    const events = [...unfold(read)]
    for (const dialect of DIALECTS) {
      INBOUND[dialect].writeAnswer(read, bareRequest("a", false), new Losses())
      written(dialect, events)
    }
  })
}

function stream(format: WireFormat, text: string): void {
  const bytes = format === "bedrock" ? framed(text) : Buffer.from(text)
  faulty(() => {
    const whole = eventsOf(OUTBOUND[format], [bytes])
    const parts = eventsOf(OUTBOUND[format], [bytes.subarray(0, SEAM), bytes.subarray(SEAM)])
    if (lasting(whole) !== lasting(parts)) throw new Error("split elsewhere it is read otherwise")
    const fold = new Fold()
    for (const it of whole) fold.add(it)
    fold.result()
    for (const dialect of DIALECTS) written(dialect, whole)
  })
  const tap = OUTBOUND[format].tap()
  faulty(() => {
    tap.read(bytes)
    void tap.seen.usage
  })
  const events = new WholeEvents()
  const passed = Buffer.concat([
    Buffer.from(events.push(bytes.subarray(0, SEAM))),
    events.push(bytes.subarray(SEAM)),
    events.close(),
  ])
  if (!passed.equals(bytes)) throw new Error("what passes is not what came")
  withoutUsageChunk(bytes)
}

/** Without the ids that are made where a provider tells none. */
const lasting = (events: readonly StreamEvent[]): string =>
  JSON.stringify(events).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "")

function eventsOf(outbound: Outbound, pieces: readonly Uint8Array[]): readonly StreamEvent[] {
  const events: StreamEvent[] = []
  const reader = outbound.reader()
  for (const it of pieces) reader.read(it, (told) => events.push(told))
  reader.close((told) => events.push(told))
  return events
}

function written(dialect: Dialect, events: readonly StreamEvent[]): void {
  const writer = INBOUND[dialect].writer(bareRequest("a", true), new Losses())
  for (const it of events) writer.write(it)
}

/** Lines as messages of AWS's framing, so that what stands in them is reached. */
function framed(text: string): Buffer {
  return Buffer.concat(
    text.split("\n").map((line) => {
      const [type = "", payload = ""] = line.split(/ (.*)/s)
      const body = parseObject(payload)
      if (body === undefined) return Buffer.from(line)
      return type.endsWith("Exception") ? exception(type.slice(0, 200), payload) : event(type.slice(0, 200), body)
    }),
  )
}

/** Undefined for what is refused before it is read. */
function readable(text: string): JsonObject | undefined {
  const told = text.toWellFormed()
  return nestsDeeper(Buffer.from(told), MOST_LEVELS) ? undefined : parseObject(told)
}

function request(dialect: Dialect, text: string): void {
  const body = readable(text)
  if (body === undefined) return
  for (const staysInFormat of [true, false])
    faulty(() => {
      const read = INBOUND[dialect].readRequest(
        body,
        dialect === "gemini" ? { model: "a", stream: true, staysInFormat } : { staysInFormat },
      )
      const texts = textsOf(read)
      withTexts(read, (it) => it.text.slice(1))
      if (texts.some((it) => typeof it.text !== "string")) throw new Error("a text that is none")
      for (const format of WIRE_FORMATS)
        faulty(() => void JSON.stringify(OUTBOUND[format].writeRequest(read, {}, new Losses())))
    })
  if (dialect === "anthropic" || dialect === "gemini") faulty(() => void countableOf(dialect, body, "a"))
}

function operations(text: string): void {
  const body = readable(text)
  if (body === undefined) return
  bodyTexts(body)
  withBodyTexts(body, (it) => it.text)
  saysInTokens(body)
  for (const operation of OPERATIONS)
    for (const dialect of DIALECTS)
      for (const format of WIRE_FORMATS) {
        const found = translationFor(dialect, operation, { format, quirks: { rerank: "top-k" } })
        faulty(() => void found?.write(body, "a", {}, new Losses()))
        faulty(() => void found?.read(body, { input: "a" }, "a"))
        faulty(() => void found?.read({ embeddings: [[1]], results: [{ index: 0 }] }, body, "a"))
      }
}

/** What is replaced in the bytes is replaced for whoever reads them, and nothing else is. */
function bytesOf(text: string): void {
  const body = readable(text)
  if (body === undefined) return
  const bytes = Buffer.from(text)
  const named = withMember(bytes, "model", '"b"')
  const expected = Object.hasOwn(body, "model") ? { ...body, model: "b" } : body
  same(named, expected)
  const { stream_options } = body
  if (
    Object.keys(body).length === 0 ||
    !(stream_options === undefined || stream_options === null || isObject(stream_options))
  )
    return
  const asking = { ...(isObject(stream_options) ? stream_options : {}), include_usage: true }
  same(withUsageAsked(bytes, body), { ...body, stream_options: asking })
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, it) =>
    isPlain(it) ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1))) : it,
  )

const isPlain = (it: unknown): it is Readonly<Record<string, unknown>> =>
  typeof it === "object" && it !== null && !Array.isArray(it)

function same(bytes: Uint8Array, expected: JsonObject): void {
  const read = parseObject(Buffer.from(bytes).toString())
  if (canonical(read) !== canonical(expected)) throw new Error("replaced otherwise than it is read")
}

function form(text: string): void {
  const body = Buffer.from(text)
  const fields = formFields(body, "b")
  if (fields === undefined) return
  const again = formFields(withField(body, fields, "model", "x"), "b")
  if (again?.length !== fields.length) throw new Error("with another value it has other fields")
}

function mcp(text: string): void {
  const reader = new EventReader(({ data }) => void readMessage(readJson(data)))
  reader.push(Buffer.from(text))
  const value = readJson(text)
  const message = readMessage(value)
  if (message.kind === "request") readEnvelope(message, () => message.method)
  openApiTools(value)
}
