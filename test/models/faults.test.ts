import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { DIALECTS } from "../../src/models/codec.ts"
import type { DecisionRecord } from "../../src/ports/records.ts"
import { askRaw, eventsOf, memberOf, raw } from "./dialects.fixture.ts"
import { CALLER_KEY, type ModelGateway, startModelGateway } from "./gateway.fixture.ts"
import { type Format, formats, type SeenRequest } from "./providers/provider.fixture.ts"
import { awsCredentials } from "./providers/sigv4.fixture.ts"
import { providerKey } from "./providers/wire.fixture.ts"
import { until } from "./until.fixture.ts"

/** What a provider does wrong, and what its caller is told. */
const FAULTS = {
  "fault-401": { cause: "provider/key-refused", status: 502 },
  "fault-403": { cause: "provider/forbidden", status: 502 },
  "fault-404": { cause: "provider/model-unknown", status: 502 },
  "fault-408": { cause: "provider/too-slow", status: 504 },
  "fault-429": { cause: "provider/rate-limited", status: 429 },
  "fault-429-retry": { cause: "provider/rate-limited", status: 429, retryAfter: "1" },
  "fault-500": { cause: "provider/failed", status: 502 },
  "fault-503": { cause: "provider/overloaded", status: 503 },
  "fault-529": { cause: "provider/overloaded", status: 503 },
  "fault-html": { cause: "provider/not-an-answer", status: 502 },
  "fault-html-502": { cause: "provider/failed", status: 502 },
  "fault-truncated-json": { cause: "provider/not-an-answer", status: 502 },
} as const
type FaultName = keyof typeof FAULTS
const names = Object.keys(FAULTS).filter((it): it is FaultName => it in FAULTS)

/** What breaks a stream that has begun, and whose fault it is. */
const STREAM_FAULTS = {
  "fault-midstream-error": (format: Format) =>
    // Only these two say in a stream what is the matter.
    format === "anthropic" || format === "gemini" ? "provider/overloaded" : "provider/failed",
  "fault-truncated-stream": () => "provider/cut",
  "fault-cut-stream": () => "upstream/cut",
} as const
type StreamFault = keyof typeof STREAM_FAULTS
const streamNames = Object.keys(STREAM_FAULTS).filter((it): it is StreamFault => it in STREAM_FAULTS)

let gateway: ModelGateway
beforeAll(async () => {
  const served = (name: string, format: Format, timeouts: string): string =>
    `"${name}/${format}/*": { targets: [{ provider: ${format}, model: "*" }], retries: 0, timeouts: { ${timeouts} } }`
  gateway = await startModelGateway(
    "",
    "retries: 0",
    formats.flatMap((it) => [served("begun", it, "first-token: 100ms"), served("done", it, "total: 700ms")]),
  )
})
afterAll(() => gateway.stop())

describe.each([...DIALECTS])("asked in %s, a provider", (dialect) => {
  describe.each([...formats])("of %s", (format) => {
    test.each(names)("that has %s is told of as at fault, and recorded", async (name) => {
      const { cause, status, ...more } = FAULTS[name]
      const isStreamed = name === "fault-429" || name === "fault-html"
      const answer = await askRaw(gateway, dialect, `${format}/${name}`, { key: CALLER_KEY, isStreamed })
      const text = await answer.text()
      expect({ status: answer.status, cause: answer.headers.get("pinpoint-cause") }).toEqual({ status, cause })
      expect(raw[dialect].codeOf(JSON.parse(text))).toBe(cause)
      if ("retryAfter" in more) expect(answer.headers.get("retry-after")).toBe(more.retryAfter)
      else if (status !== 503) expect(answer.headers.get("retry-after")).toBeNull()
      expectNoSecret(answer, text)
      expectDenied(recordOf(answer), cause, `${format}/${name}`)
    })

    test.each(streamNames)("whose stream has begun and has %s ends it as an error, and is recorded", async (name) => {
      const answer = await askRaw(gateway, dialect, `${format}/${name}`, { key: CALLER_KEY, isStreamed: true })
      const text = await answer.text()
      expect(answer.status).toBe(200)
      expect(errorsIn(text)).toHaveLength(1)
      expectNoSecret(answer, text)
      expectDenied(recordOf(answer), STREAM_FAULTS[name](format), `${format}/${name}`)
    })
  })
})

const pairs = DIALECTS.flatMap((dialect) => formats.map((format) => ({ dialect, format })))

test("a provider that says nothing is waited for as long as the first token may take, in every dialect", async () => {
  const answers = await Promise.all(
    pairs.map(async ({ dialect, format }) => ({
      format,
      answer: await askRaw(gateway, dialect, `begun/${format}/fault-silence`, { key: CALLER_KEY }),
    })),
  )
  for (const { format, answer } of answers) {
    expect([answer.status, answer.headers.get("pinpoint-cause")]).toEqual([504, "provider/too-slow"])
    expectDenied(recordOf(answer), "provider/too-slow", `${format}/fault-silence`)
  }
  const asked = [...gateway.providers.values()].flatMap((it) => it.requests()).filter(isSilenced)
  expect(asked.length).toBe(pairs.length)
  await until(() => asked.every((it) => it.isAbandoned()))
})

test("a stream that stalls ends as an error when the model's time is up, in every dialect", async () => {
  const answers = await Promise.all(
    pairs.map(async ({ dialect, format }) => {
      const options = { key: CALLER_KEY, isStreamed: true }
      const answer = await askRaw(gateway, dialect, `done/${format}/fault-stall`, options)
      return { dialect, format, answer, errors: errorsIn(await answer.text()).length }
    }),
  )
  for (const { dialect, format, answer, errors } of answers) {
    expect({ dialect, format, errors }).toEqual({ dialect, format, errors: 1 })
    expectDenied(recordOf(answer), "provider/too-slow", `${format}/fault-stall`)
  }
})

test.each(pairs)("a stream of $format that ends within an event is no answer, told in $dialect", async (pair) => {
  const options = { key: CALLER_KEY, isStreamed: true }
  const answer = await askRaw(gateway, pair.dialect, `${pair.format}/fault-truncated-json`, options)
  expect(errorsIn(await answer.text())).toHaveLength(1)
  const record = recordOf(answer)
  expect(record?.verdict).toBe("deny")
  expect(["provider/cut", "provider/not-an-answer"]).toContain(record?.cause ?? "")
})

const isSilenced = (it: SeenRequest): boolean => it.asked()?.model === "fault-silence"

function expectNoSecret({ headers }: Response, text: string): void {
  const told = [...headers].join() + text
  for (const secret of [providerKey, awsCredentials.secretAccessKey, awsCredentials.accessKeyId, CALLER_KEY])
    expect(told).not.toContain(secret)
}

function recordOf({ headers }: Response): DecisionRecord | undefined {
  gateway.store.records.flush()
  return gateway.store.records.find(headers.get("pinpoint-decision") ?? "")
}

/** Refused, by whose fault, and which target was asked. */
function expectDenied(record: DecisionRecord | undefined, cause: string, target: string): void {
  expect(record).toMatchObject({ verdict: "deny", cause, model: { target } })
  const code = cause.slice(cause.indexOf("/") + 1)
  expect(record?.model?.passedOver.map(({ why }) => why.replace(/ after .*/, ""))).toEqual([code])
}

const errorsIn = (text: string): readonly unknown[] =>
  eventsOf(text).filter(({ event, data }) => event === "error" || memberOf(data, "error") != null)
