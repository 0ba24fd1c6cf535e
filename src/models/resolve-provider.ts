import { chooseAuthentication } from "./choose-authentication.ts"
import { filled, insteadOf, missingOf, type Told, toldOf } from "./placeholders.ts"
import type { Operation, Paths, Provider } from "./provider.ts"
import { type ProviderSettings, type SettingFault, settingFault } from "./provider-settings.ts"
import { type Authentication, type HeaderLine, isSendable } from "./providers/authentication.ts"
import { providers } from "./providers.ts"
import type { Quirks } from "./quirks.ts"
import type { WireFormat } from "./wire-format.ts"

/** A provider with everything in place; only `{model}` stands in its paths still. */
export interface ResolvedProvider {
  /** The file's name; for a server told by dialect, its format. */
  readonly name: string
  readonly title: string
  readonly format: WireFormat
  /** Absolute, without a `/` at its end. */
  readonly url: string
  readonly auth: Authentication
  readonly headers: readonly HeaderLine[]
  /** `chat` is of `format`. */
  readonly paths: Paths
  readonly quirks: Quirks
  /** Whose prices hold, for `Catalogue.find`. */
  readonly prices?: string
  /** What was told of placeholders; a signature names the region. */
  readonly told: Told
}

export type Resolution = { readonly kind: "resolved"; readonly provider: ResolvedProvider } | SettingFault

/** Works out how a provider is reached, or which setting is in the way. Done when a plan is built. */
export function resolveProvider(settings: ProviderSettings): Resolution {
  const provider = settings.use === undefined ? byDialect(settings) : providers().get(settings.use)
  if (provider === undefined) return settingFault("use", `names no provider: ${settings.use}`)
  if ("kind" in provider) return provider
  const auth = chooseAuthentication(provider, settings)
  if (auth.kind === "fault") return auth
  if (settings.key !== undefined && !isSendable(settings.key))
    return settingFault("key", "has characters that cannot be sent in a header field")
  const formed = formOf(provider, settings.format)
  if ("kind" in formed) return formed
  const told = toldOf(provider, settings)
  const url = settings.url ?? insteadOf(provider, told) ?? provider.url
  const missing = missingOf(provider, [url, ...Object.values(formed.paths)], told)
  if (missing !== undefined) return missing
  return {
    kind: "resolved",
    provider: {
      name: provider.name,
      title: provider.title,
      format: formed.format,
      url: filled(url, told),
      auth,
      headers: provider.headers ?? [],
      paths: Object.fromEntries(Object.entries(formed.paths).map(([name, path]) => [name, filled(path, told)])),
      quirks: provider.quirks ?? {},
      ...(provider.prices && { prices: provider.prices }),
      told,
    },
  }
}

/** Where an operation is asked for; undefined where the provider does not offer it. The model is put into a path encoded. */
export function addressOf({ url, paths }: ResolvedProvider, operation: Operation, model: string): string | undefined {
  const path = paths[operation] ?? (operation === "chatStream" ? paths.chat : undefined)
  return path && url + path.replaceAll("{model}", encodeURIComponent(model))
}

/** The provider a format is told by: its paths are those of every server that speaks it. */
const MODEL_OF: Readonly<Record<WireFormat, string>> = {
  "openai-chat": "openai",
  "openai-responses": "openai",
  anthropic: "anthropic",
  gemini: "gemini",
  bedrock: "bedrock",
  "azure-openai": "azure-openai",
  cohere: "cohere",
  ollama: "ollama",
}

/** A server of which only the format is known departs from it in nothing; one at a known address is the one known. */
function byDialect({ dialect, url }: ProviderSettings): Provider | SettingFault {
  if (dialect === undefined) return settingFault("use", "is missing: name a provider, or its `dialect` and `url`")
  if (url === undefined) return settingFault("url", "is missing: only a provider that `use` names has one of its own")
  const format = dialect === "openai" ? "openai-chat" : dialect
  const known = [...providers().values()].find((it) => it.url === url && it.format === format)
  if (known !== undefined) return { ...known, auth: [...known.auth, { kind: "none" }] }
  const model = providers().get(MODEL_OF[format])
  if (model === undefined) return settingFault("dialect", `is not known: ${dialect}`)
  const { quirks: _, prices: __, ...rest } = model
  const paths = pathsOf(format, rest.paths)
  return { ...rest, name: format, title: `server at ${url}`, format, paths, auth: [...rest.auth, { kind: "none" }] }
}

/** Most servers that speak OpenAI's chats have none of its other two ways to ask for one; such calls are told as chats. */
function pathsOf(format: WireFormat, paths: Paths): Paths {
  if (format !== "openai-chat" && format !== "openai-responses") return paths
  const { responses, completions: _, ...rest } = paths
  return format === "openai-chat" ? rest : { ...rest, chat: responses ?? "", ...(responses && { responses }) }
}

/** The format that is to be spoken, with its path for chats. */
function formOf(
  { title, format, paths }: Provider,
  chosen: WireFormat | undefined,
): { readonly format: WireFormat; readonly paths: Paths } | SettingFault {
  if (chosen === undefined || chosen === format) return { format, paths }
  const isOpenAi = format === "openai-chat" || format === "azure-openai"
  if (chosen === "openai-responses" && isOpenAi && paths.responses !== undefined)
    return { format: chosen, paths: { ...paths, chat: paths.responses } }
  return settingFault("format", `cannot be ${chosen}: ${title} speaks ${format}`)
}
