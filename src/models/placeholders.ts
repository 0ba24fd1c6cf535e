import { PLACEHOLDERS, type Placeholder, type Provider } from "./provider.ts"
import { type ProviderSettings, type SettingFault, settingFault } from "./provider-settings.ts"

/** What was told of placeholders, and what stands for those that need not be told. */
export type Told = { readonly [P in Placeholder]?: string }

export function toldOf(provider: Provider, settings: ProviderSettings): Told {
  const told: { [P in Placeholder]?: string } = {}
  for (const name of PLACEHOLDERS) {
    const value = settings[name] ?? provider.settings?.find((it) => it.name === name)?.fallback
    if (value !== undefined) told[name] = value
  }
  return told
}

/** The base address that holds for what was told, where it is another. */
export function insteadOf(provider: Provider, told: Told): string | undefined {
  for (const { name, instead = [] } of provider.settings ?? []) {
    const found = instead.find((it) => it.value === told[name])
    if (found !== undefined) return found.url
  }
  return undefined
}

/** What stands in a host name or one segment of a path, and nothing that leaves it. */
const FILLING = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?$/

/** The first placeholder of `texts` that was not told, or told as what cannot stand in an address. */
export function missingOf(provider: Provider, texts: readonly string[], told: Told): SettingFault | undefined {
  for (const name of PLACEHOLDERS) {
    if (!texts.some((it) => it.includes(`{${name}}`))) continue
    const value = told[name]
    const { means = "Part of the address", example = "" } = provider.settings?.find((it) => it.name === name) ?? {}
    if (value === undefined) return settingFault(name, `is missing: ${means}, such as ${example}`)
    if (!FILLING.test(value)) return settingFault(name, `cannot stand in an address: ${value}`)
  }
  return undefined
}

export const filled = (text: string, told: Told): string =>
  PLACEHOLDERS.reduce((done, name) => done.replaceAll(`{${name}}`, told[name] ?? ""), text)
