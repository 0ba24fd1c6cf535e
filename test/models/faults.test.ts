import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { DIALECTS, type Dialect } from "../../src/models/codec.ts"
import type { DecisionRecord } from "../../src/ports/records.ts"
import { askRaw, eventsOf, raw } from "./dialects.fixture.ts"
import { CALLER_KEY, type ModelGateway, providerLines, startModelGateway } from "./gateway.fixture.ts"
import { type Format, formats } from "./providers/provider.fixture.ts"
import { awsCredentials } from "./providers/sigv4.fixture.ts"
import { providerKey } from "./providers/wire.fixture.ts"

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
  "fault-silence": { cause: "provider/too-slow", status: 504 },
} as const
type FaultName = keyof typeof FAULTS
const names = Object.keys(FAULTS).filter((it): it is FaultName => it in FAULTS)

const STREAM_FAULTS = ["fault-midstream-error", "fault-truncated-stream", "fault-cut-stream", "fault-stall"] as const

let gateway: ModelGateway
beforeAll(async () => {
  gateway = await startModelGateway("", "retries: 0, timeouts: { first-token: 120ms, total: 240ms }")
})
afterAll(() => gateway.stop())

describe.each([...DIALECTS])("asked in %s, a provider", (dialect) => {
  describe.each([...formats])("of %s", (format) => {
    for (const name of names)
      test(`that has ${name} is told of as at fault, and recorded`, async () => {
        const { cause, status, ...more } = FAULTS[name]
        const answer = await askRaw(gateway, dialect, `${format}/${name}`, { key: CALLER_KEY })
        const text = await answer.text()
        expect({ status: answer.status, cause: answer.headers.get("pinpoint-cause") }).toEqual({ status, cause })
        expect(raw[dialect].codeOf(JSON.parse(text))).toBe(cause)
        if ("retryAfter" in more) expect(answer.headers.get("retry-after")).toBe(more.retryAfter)
        else if (status !== 503) expect(answer.headers.get("retry-after")).toBeNull()
        expectNoSecret(answer, text)
        expectDenied(recordOf(answer), cause, `${format}/${name}`)
      })

    test.each([...STREAM_FAULTS])("whose stream has begun and has %s ends it as an error, and is recorded", async (name) => {
      const answer = await askRaw(gateway, dialect, `${format}/${name}`, { key: CALLER_KEY, isStreamed: true })
      const text = await answer.text()
      expect(answer.status).toBe(200)
      expect(errorsIn(text)).toHaveLength(1)
      expectNoSecret(answer, text)
      expectDenied(recordOf(answer), streamCause(name, format), `${format}/${name}`)
    })
  })
})

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
  eventsOf(text).filter(
    ({ event, data }) => event === "error" || (typeof data === "object" && data !== null && "error" in data && data.error),
  )

function streamCause(name: (typeof STREAM_FAULTS)[number], format: Format): string {
  return `${name} ${format}`
}
void providerLines
export type { Dialect }
