import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { DIALECTS } from "../../src/models/codec.ts"
import { startTestGateway, type TestGateway } from "../gateway.fixture.ts"
import { askRaw } from "./dialects.fixture.ts"
import { CALLER_KEY, providerLines } from "./gateway.fixture.ts"
import { type Format, formats, type Provider, startProvider } from "./providers/provider.fixture.ts"

/** By the fault of the first target: what the record says of why it was passed over. */
const FAULTS = {
  "fault-401": "key-refused",
  "fault-403": "forbidden",
  "fault-404": "model-unknown",
  "fault-408": "too-slow",
  "fault-429": "rate-limited",
  "fault-429-retry": "rate-limited",
  "fault-500": "failed",
  "fault-503": "overloaded",
  "fault-529": "overloaded",
  "fault-html": "not-an-answer",
  "fault-html-502": "failed",
  "fault-truncated-json": "not-an-answer",
  "fault-silence": "too-slow",
} as const
type FaultName = keyof typeof FAULTS
const faults = Object.keys(FAULTS).filter((it): it is FaultName => it in FAULTS)

let providers: ReadonlyMap<Format, Provider>
let gateway: TestGateway
/** Ends every connection as soon as something is asked on it. */
let hangingUp: { readonly port: number; stop(closesConnections: boolean): void }
beforeAll(async () => {
  const started = await Promise.all(formats.map((it) => startProvider(it)))
  providers = new Map(started.map((it) => [it.format, it]))
  hangingUp = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: (socket) => void socket.terminate() } })
  gateway = startTestGateway(configuration(started, hangingUp.port))
})
afterAll(async () => {
  await gateway.stop()
  hangingUp.stop(true)
  await Promise.all([...providers.values()].map((it) => it.stop()))
})

/** Each pair of a format and a fault is a provider of its own, as a key and a target that failed rest for a while. */
function configuration(started: readonly Provider[], hangUp: number): string {
  const pairs = started.flatMap(({ format, url }) =>
    faults.map((fault) => ({ format, fault, url, id: `${format}-${fault}` })),
  )
  const options = (fault: FaultName): string =>
    fault === "fault-silence" ? "retries: 0, timeouts: { first-token: 250ms }" : "retries: 0"
  const next = "{ provider: next, model: works }"
  return `
listen: 127.0.0.1:0
keys: [{ name: alice, key: ${CALLER_KEY} }]
models:
${pairs.map(({ id, fault }) => `  ${id}: { targets: [{ provider: ${id}, model: ${fault} }, ${next}], ${options(fault)} }`).join("\n")}
${started.map(({ format }) => `  again-${format}: { targets: [{ provider: again-${format}, model: fault-500 }, ${next}], retries: 2 }`).join("\n")}
  refused: { targets: [{ provider: refuses, model: fault-400 }, ${next}], retries: 2 }
  none: { targets: [{ provider: first, model: fault-500 }, { provider: second, model: fault-503 }], retries: 0 }
${["unreachable", "hangs-up"]
  .flatMap((it) => [
    `  ${it}: { targets: [{ provider: ${it}, model: works }, ${next}], retries: 0 }`,
    `  ${it}-alone: { targets: [{ provider: ${it}, model: works }], retries: 0 }`,
  ])
  .join("\n")}
  cooled: { targets: [{ provider: cooled, model: fault-500 }, ${next}], retries: 0 }
providers:
${pairs.map(({ id, format, url }) => `  ${id}: ${providerLines(format, url)}`).join("\n")}
${started.map(({ format, url }) => `  again-${format}: ${providerLines(format, url)}`).join("\n")}
${started
  .filter(({ format }) => format === "openai-chat")
  .flatMap(({ format, url }) =>
    ["next", "refuses", "first", "second", "cooled"].map((it) => `  ${it}: ${providerLines(format, url)}`),
  )
  .join("\n")}
  unreachable: ${providerLines("ollama", "http://127.0.0.1:1")}
  hangs-up: ${providerLines("ollama", `http://127.0.0.1:${hangUp}`)}
records: { permits: 1 }
`
}

function recordOf({ headers }: Response) {
  gateway.store.records.flush()
  return gateway.store.records.find(headers.get("pinpoint-decision") ?? "")
}

const modelsAsked = (format: Format, model: string): number =>
  (providers.get(format)?.requests() ?? []).filter((it) => it.asked()?.model === model || it.target.includes(model))
    .length

describe.each([...formats])("a first target of %s", (format) => {
  test.each(faults)("that has %s is passed over for the next, and the record says why", async (fault) => {
    const dialect = DIALECTS[(formats.indexOf(format) + faults.indexOf(fault)) % DIALECTS.length] ?? "anthropic"
    const isStreamed = faults.indexOf(fault) % 2 === 0
    const options = { key: CALLER_KEY, text: "say hello", isStreamed }
    const answer = await askRaw(gateway, dialect, `${format}-${fault}`, options)
    expect([answer.status, answer.headers.get("pinpoint-target")]).toEqual([200, "next/works"])
    expect(await answer.text()).toContain("hello")
    const record = recordOf(answer)
    expect(record).toMatchObject({ verdict: "permit", model: { target: "next/works" } })
    // A stream that passes is not asked for its usage where nobody counts it.
    if (!(isStreamed && dialect === "openai-chat")) expect(record?.model?.usage).toMatchObject({ output: 2 })
    const passedOver = record?.model?.passedOver.map(({ target, why }) => [target, why.replace(/ after .*/, "")])
    expect(passedOver).toEqual([[`${format}-${fault}/${fault}`, FAULTS[fault]]])
  })

  test("that fails is asked as often again as the model says, and then no more", async () => {
    const before = modelsAsked(format, "fault-500")
    const answer = await askRaw(gateway, "anthropic", `again-${format}`, { key: CALLER_KEY, text: "say hello" })
    expect(answer.headers.get("pinpoint-target")).toBe("next/works")
    expect(modelsAsked(format, "fault-500") - before).toBe(3)
    expect(recordOf(answer)?.model?.passedOver).toHaveLength(3)
  })
})

test.each([
  ["unreachable", "unreachable"],
  ["hangs-up", "reset"],
])("a server that is %s is passed over too, and the record says so", async (model, why) => {
  const answer = await askRaw(gateway, "openai-responses", model, { key: CALLER_KEY, text: "say hello" })
  expect([answer.status, answer.headers.get("pinpoint-target")]).toEqual([200, "next/works"])
  const passedOver = recordOf(answer)?.model?.passedOver ?? []
  expect(passedOver.map((it) => it.why.replace(/ after .*/, ""))).toEqual([why])
  const alone = await askRaw(gateway, "openai-responses", `${model}-alone`, { key: CALLER_KEY })
  expect([alone.status, alone.headers.get("pinpoint-cause")]).toEqual([502, `upstream/${why}`])
  expect(recordOf(alone)).toMatchObject({ verdict: "deny", cause: `upstream/${why}` })
})

test("a request that the provider refuses is asked of nobody else, as it would be refused there too", async () => {
  const before = modelsAsked("openai-chat", "works")
  const answer = await askRaw(gateway, "openai-chat", "refused", { key: CALLER_KEY })
  expect([answer.status, answer.headers.get("pinpoint-cause")]).toEqual([400, "provider/request-refused"])
  expect(modelsAsked("openai-chat", "works")).toBe(before)
})

test("where all targets fail, the last failure is told and the record has both", async () => {
  const answer = await askRaw(gateway, "gemini", "none", { key: CALLER_KEY })
  expect([answer.status, answer.headers.get("pinpoint-cause")]).toEqual([503, "provider/overloaded"])
  const record = recordOf(answer)
  expect(record?.verdict).toBe("deny")
  expect(record?.model?.passedOver.map(({ target }) => target)).toEqual(["first/fault-500", "second/fault-503"])
})

test("a target that failed rests: the next call asks another first, and the record says so", async () => {
  await askRaw(gateway, "openai-chat", "cooled", { key: CALLER_KEY })
  const before = modelsAsked("openai-chat", "fault-500")
  const answer = await askRaw(gateway, "openai-chat", "cooled", { key: CALLER_KEY })
  expect(answer.headers.get("pinpoint-target")).toBe("next/works")
  expect(modelsAsked("openai-chat", "fault-500")).toBe(before)
  expect(recordOf(answer)?.model?.passedOver).toEqual([
    { target: "cooled/fault-500", why: expect.stringMatching(/^rests for another \d+ s after failed$/) },
  ])
})
