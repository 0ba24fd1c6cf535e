import { startTestGateway, type TestGateway } from "../gateway.fixture.ts"
import { CALLER_KEY, providerLines } from "./gateway.fixture.ts"
import { type Format, type Provider, startProvider } from "./providers/provider.fixture.ts"
import type { Script } from "./providers/script.fixture.ts"

/** A gateway whose configuration changes from test to test, before providers that stay. */
export interface Setting {
  readonly gateway: TestGateway
  provider(format: Format): Provider
  /** `models`: lines below `models:`; without them each format's models are `format/*`. `more`: further lines. */
  configure(more?: string, models?: string): void
  stop(): Promise<void>
}

const FORMATS = ["openai-chat", "anthropic", "gemini"] as const

export async function startSetting(
  formats: readonly Format[] = FORMATS,
  script?: Script,
  keys = `keys: [{ name: alice, key: ${CALLER_KEY} }]`,
): Promise<Setting> {
  const started = await Promise.all(formats.map((it) => startProvider(it, script)))
  const lines = started.map(({ format, url }) => `  ${format}: ${providerLines(format, url)}`).join("\n")
  const usual = formats
    .map((it) => `  "${it}/*": { targets: [{ provider: ${it}, model: "*" }], retries: 0 }`)
    .join("\n")
  const configFor = (more = "", models = usual): string => `
listen: 127.0.0.1:0
records: { permits: 1 }
${more.includes("\nkeys:") || more.startsWith("keys:") ? "" : keys}
models:
${models}
providers:
${lines}
${more}
`
  const gateway = startTestGateway(configFor())
  return {
    gateway,
    provider: (format) => {
      const found = started.find((it) => it.format === format)
      if (found === undefined) throw new Error(`no provider of ${format} was started`)
      return found
    },
    configure: (more, models) => gateway.swap(configFor(more, models)),
    stop: async () => {
      await gateway.stop()
      await Promise.all(started.map((it) => it.stop()))
    },
  }
}
