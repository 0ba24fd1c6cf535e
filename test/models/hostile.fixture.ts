import { startTestGateway, type TestGateway } from "../gateway.fixture.ts"
import { RawClient } from "../raw.fixture.ts"
import { CALLER_KEY } from "./gateway.fixture.ts"
import { type RawProvider, startRawProvider } from "./raw-provider.fixture.ts"

export interface HostileSetting {
  readonly gateway: TestGateway
  readonly provider: RawProvider
  /** The whole answer as it came, in latin-1. `lines`: of the head, each ended by CRLF. */
  ask(path: string, body: string, lines?: string): Promise<string>
  chat(model: string, more?: object): Promise<string>
  /** Requests the provider got since the last time. */
  sent(): readonly string[]
  /** What the store keeps of an answer. */
  kept(answer: string): Promise<Awaited<ReturnType<TestGateway["store"]["records"]["find"]>>>
  stop(): Promise<void>
}

const JSON_LINES = "Content-Type: application/json\r\n"

/** A gateway whose providers, one of each way to be addressed, are one server of bytes. `more`: lines of the configuration. */
export async function startHostileSetting(more = ""): Promise<HostileSetting> {
  const provider = await startRawProvider()
  const { url } = provider
  const gateway = startTestGateway(`
listen: 127.0.0.1:0
keys: [{ name: alice, key: ${CALLER_KEY} }]
models:
  "open/*": { targets: [{ provider: open, model: "*" }], retries: 0 }
  "anthropic/*": { targets: [{ provider: anthropic, model: "*" }], retries: 0 }
  "gemini/*": { targets: [{ provider: gemini, model: "*" }], retries: 0 }
  "bedrock/*": { targets: [{ provider: bedrock, model: "*" }], retries: 0 }
  "azure/*": { targets: [{ provider: azure, model: "*" }], retries: 0 }
  paid: { targets: [{ provider: paid, model: gpt-4o }], retries: 0 }
  kept: { targets: [{ provider: paid, model: gpt-4o }], retries: 0, cache: { exact: { ttl: 1h } } }
providers:
  open: { dialect: openai, url: "${url}/v1", key: sk-canary-0123456789 }
  paid: { use: openai, url: "${url}/v1", key: sk-canary-paid-0123456789 }
  anthropic: { use: anthropic, url: "${url}/v1", key: sk-ant-canary-0123456789 }
  gemini: { use: gemini, url: "${url}/v1beta", key: gk-canary-0123456789 }
  bedrock: { use: bedrock, url: "${url}", region: us-east-1, key: aws-canary-0123456789, access-key-id: AKIACANARY0123456789 }
  azure: { dialect: azure-openai, url: "${url}/openai", key: az-canary-0123456789 }
records: { permits: 1 }
${more}
`)
  let known = 0
  const ask = async (path: string, body: string, lines = JSON_LINES): Promise<string> => {
    const client = await RawClient.open(gateway.port)
    const bytes = Buffer.from(body)
    client
      .send(
        `POST ${path} HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer ${CALLER_KEY}\r\nConnection: close\r\n${lines}Content-Length: ${bytes.length}\r\n\r\n`,
      )
      .send(bytes)
    return (await client.end()).toString("latin1")
  }
  return {
    gateway,
    provider,
    ask,
    chat: (model, rest = {}) =>
      ask("/v1/chat/completions", JSON.stringify({ model, messages: [{ role: "user", content: "hi" }], ...rest })),
    sent: () => {
      const fresh = provider.seen.slice(known)
      known = provider.seen.length
      return fresh
    },
    kept: async (answer) => {
      await gateway.store.records.flush()
      return gateway.store.records.find(fieldOf(answer, "Pinpoint-Decision") ?? "")
    },
    stop: async () => {
      await gateway.stop()
      await provider.stop()
    },
  }
}

export const statusOf = (answer: string): number => Number(answer.slice(9, 12))

export const headOf = (answer: string): string => answer.slice(0, answer.indexOf("\r\n\r\n"))

export const fieldOf = (answer: string, name: string): string | undefined =>
  new RegExp(`^${name}: ([^\r\n]*)`, "im").exec(headOf(answer))?.[1]
