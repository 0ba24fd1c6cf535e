import { startTestGateway, type TestGateway } from "../gateway.fixture.ts"
import { type Format, formats, type Provider, startProvider } from "./providers/provider.fixture.ts"
import { awsCredentials } from "./providers/sigv4.fixture.ts"
import { providerKey } from "./providers/wire.fixture.ts"

/** The key of the gateway's caller in these tests. */
export const CALLER_KEY = "alice-0123456789abcdef"

/** A gateway with a scripted provider of each format behind it: the model `anthropic/x` is `x` of the one of that format. */
export interface ModelGateway extends TestGateway {
  readonly providers: ReadonlyMap<Format, Provider>
}

/** Of the configuration's `providers`. */
export function providerLines(format: Format, url: string): string {
  switch (format) {
    case "openai-chat":
      return `{ dialect: openai, url: "${url}/v1", key: ${providerKey} }`
    case "openai-responses":
      return `{ dialect: openai-responses, url: "${url}/v1", key: ${providerKey} }`
    case "anthropic":
      return `{ use: anthropic, url: "${url}/v1", key: ${providerKey} }`
    case "gemini":
      return `{ use: gemini, url: "${url}/v1beta", key: ${providerKey} }`
    case "bedrock":
      return `{ use: bedrock, url: "${url}", region: ${awsCredentials.region}, key: ${awsCredentials.secretAccessKey}, access-key-id: ${awsCredentials.accessKeyId} }`
    case "azure-openai":
      return `{ dialect: azure-openai, url: "${url}/openai", key: ${providerKey} }`
    case "cohere":
      return `{ use: cohere, url: "${url}", key: ${providerKey} }`
    case "ollama":
      return `{ use: ollama, url: "${url}" }`
  }
}

/** `more`: further lines of the configuration. `options`: of every model. `models`: further lines of `models`, `name: ...`. */
export async function startModelGateway(
  more = "",
  options = "retries: 0",
  models: readonly string[] = [],
): Promise<ModelGateway> {
  const started = await Promise.all(formats.map((it) => startProvider(it)))
  const providers = new Map(started.map((it) => [it.format, it]))
  const gateway = startTestGateway(`
listen: 127.0.0.1:0
keys: [{ name: alice, key: ${CALLER_KEY} }]
models:
${started.map(({ format }) => `  "${format}/*": { targets: [{ provider: ${format}, model: "*" }], ${options} }`).join("\n")}
${models.map((it) => `  ${it}`).join("\n")}
providers:
${started.map(({ format, url }) => `  ${format}: ${providerLines(format, url)}`).join("\n")}
records: { permits: 1 }
${more}
`)
  return {
    ...gateway,
    providers,
    stop: async () => {
      await gateway.stop()
      await Promise.all(started.map((it) => it.stop()))
    },
  }
}
