import { Catalogue, type ModelInfo } from "../models/catalogue/catalogue.ts"
import { overridden } from "../models/catalogue/override.ts"
import { type ResolvedProvider, resolveProvider } from "../models/resolve-provider.ts"
import type { Condition } from "../models/routing/condition.ts"
import { ServedModels } from "../models/routing/served-models.ts"
import type { ProviderKey, ServedModel, Target } from "../models/routing/target.ts"
import { closest } from "../text/closest.ts"
import type { Document } from "../text/document.ts"
import type { ConfigFault } from "../text/fault.ts"
import type { Path } from "../text/path.ts"
import type { ModelOptions } from "./model-schema.ts"
import { originOf } from "./origin.ts"
import type { Settings } from "./schema.ts"

type ProviderSettings = Settings["providers"][string]

/** Works out who serves which model, and reports what can never be called. */
export function servedModels(settings: Settings, document: Document, faults: ConfigFault[]): ServedModels {
  const catalogue = new Catalogue()
  const providers = new Map<string, ResolvedProvider>()
  for (const [name, it] of Object.entries(settings.providers)) {
    const resolution = resolveProvider({ ...it, key: it.key ?? it.keys[0] })
    if (resolution.kind === "resolved") providers.set(name, resolution.provider)
    else {
      const path = ["providers", name, resolution.at]
      faults.push({
        severity: "error",
        source: document.sourceAt(path),
        message: `${resolution.at} ${resolution.message}`,
      })
    }
  }
  const entries: [string, ServedModel][] = []
  for (const [name, options] of Object.entries(settings.models)) {
    const targets = options.targets.flatMap((it, i): readonly Target[] => {
      const path = ["models", name, ...options.path, i]
      const written = settings.providers[it.provider]
      const provider = providers.get(it.provider)
      if (written === undefined) faults.push(unknownProvider(it.provider, [...path, "provider"], settings, document))
      if (written === undefined || provider === undefined) return []
      if (it.model.includes("*") && !name.endsWith("*")) faults.push(openTarget([...path, "model"], document))
      return [targetOf(it, provider, written, options, catalogue)]
    })
    const served: ServedModel = {
      name,
      targets,
      balance: options.balance,
      retries: options.retries,
      firstTokenTimeout: options.timeouts["first-token"] ?? Number.POSITIVE_INFINITY,
      totalTimeout: options.timeouts.total ?? Number.POSITIVE_INFINITY,
      onLoss: options["on-loss"],
      cache: options.cache,
    }
    entries.push([name, served], ...options.aliases.map((alias): [string, ServedModel] => [alias, served]))
  }
  faults.push(...namedTwice(settings, document))
  return new ServedModels(entries)
}

function targetOf(
  { provider: name, model, weight, when }: ModelOptions["targets"][number],
  provider: ResolvedProvider,
  written: ProviderSettings,
  options: ModelOptions,
  catalogue: Catalogue,
): Target {
  const infoOf = (id: string): ModelInfo =>
    overridden(catalogue.find(provider.name, provider.prices, id), options, { id, provider: provider.name })
  return {
    id: `${name}/${model}`,
    provider: name,
    format: provider.format,
    ...originOf(provider.url),
    paths: provider.paths,
    quirks: provider.quirks,
    headers: provider.headers,
    auth: provider.auth,
    region: provider.told.region,
    model,
    keys: poolOf(name, written),
    weight,
    when: conditionOf(when),
    info: infoOf(model),
    ...(model.includes("*") ? { infoOf, known: knownOf(catalogue, provider) } : { known: [] }),
  }
}

/** `key` alone, or `keys`; of AWS the pair that signs, as one text. */
function poolOf(name: string, { key, keys, ...aws }: ProviderSettings): readonly ProviderKey[] {
  const secrets = key === undefined ? keys : [key, ...keys]
  return secrets.map((secret, i) => ({
    id: `${name}#${i + 1}`,
    secret,
    ...(aws["access-key-id"] !== undefined && { accessKeyId: aws["access-key-id"] }),
    ...(aws["session-token"] !== undefined && { sessionToken: aws["session-token"] }),
  }))
}

const conditionOf = (when: ModelOptions["targets"][number]["when"]): Condition => ({
  ...(when["min-input"] !== undefined && { minInput: when["min-input"] }),
  ...(when["max-input"] !== undefined && { maxInput: when["max-input"] }),
  ...(when.tenants !== undefined && { tenants: when.tenants }),
  ...(when.headers !== undefined && {
    headers: Object.entries(when.headers).map(([name, value]) => [name.toLowerCase(), value] as const),
  }),
})

/** Every model the catalogue has of a provider. */
function knownOf(catalogue: Catalogue, { name, prices }: ResolvedProvider): readonly ModelInfo[] {
  const rows = prices === undefined ? [] : catalogue.rowsOf(prices)
  return rows.flatMap(({ id }) => catalogue.find(name, prices, id) ?? [])
}

function unknownProvider(name: string, path: Path, { providers }: Settings, document: Document): ConfigFault {
  const names = Object.keys(providers)
  const meant = closest(name, names)
  return {
    severity: "error",
    source: document.sourceAt(path),
    message: `there is no provider "${name}"`,
    expected: names.length === 0 ? "a provider under `providers`" : `one of ${names.join(", ")}`,
    ...(meant === undefined ? {} : { hint: `did you mean ${meant}?` }),
  }
}

const openTarget = (path: Path, document: Document): ConfigFault => ({
  severity: "error",
  source: document.sourceAt(path),
  message: "`*` stands for what `*` stands for in the model's name, which has none",
  hint: "write the provider's name of the model, or end the model's name here in `*`",
})

/** An alias that is a model's name, or another's alias: nobody could say which is called. */
function* namedTwice({ models }: Settings, document: Document): Generator<ConfigFault> {
  const names = new Map(Object.keys(models).map((name) => [name, name]))
  for (const [model, { aliases }] of Object.entries(models))
    for (const [i, alias] of aliases.entries()) {
      const other = names.get(alias)
      if (other !== undefined)
        yield {
          severity: "error",
          source: document.sourceAt(["models", model, "aliases", i]),
          message: `"${alias}" is a name of the model "${other}" already`,
          hint: "leave it out at one of the two",
        }
      names.set(alias, model)
    }
}
