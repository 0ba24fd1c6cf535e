import type { Provider } from "./provider.ts"
import { type ProviderSettings, type SettingFault, settingFault } from "./provider-settings.ts"
import type { Authentication } from "./providers/authentication.ts"

/** The way that was chosen, or the first that what was told is enough for. */
export function chooseAuthentication(provider: Provider, settings: ProviderSettings): Authentication | SettingFault {
  const ways = provider.auth
  if (settings.auth !== undefined) {
    const chosen = ways.find((it) => it.kind === settings.auth)
    if (chosen === undefined)
      return settingFault("auth", `is ${ways.map((it) => it.kind).join(" or ")} at ${provider.title}`)
    if (chosen.kind === "sigv4" && settings.key !== undefined && settings["access-key-id"] === undefined)
      return settingFault("access-key-id", "is missing: it is sent beside a signature, whose secret is `key`")
    return isEnough(chosen, settings) ? chosen : lacking(provider, chosen)
  }
  const found = ways.find((it) => isEnough(it, settings))
  if (found !== undefined) return found
  // Another address than its own can be a server that asks for no key.
  return settings.url === undefined ? lacking(provider, ways[0]) : { kind: "none" }
}

function isEnough(auth: Authentication, settings: ProviderSettings): boolean {
  switch (auth.kind) {
    case "none":
      return settings.key === undefined
    case "sigv4":
      return settings.key !== undefined && settings["access-key-id"] !== undefined
    case "bearer":
    case "header":
    case "google-access-token":
      return settings.key !== undefined
  }
}

function lacking({ title, keyVariables }: Provider, auth: Authentication): SettingFault {
  const [variable] = keyVariables
  if (auth.kind === "none") return settingFault("key", "is told although no key is to be shown")
  const from = variable === undefined ? "" : `; take it from the environment: \${${variable}}`
  const half = auth.kind === "sigv4" ? ", with its `access-key-id`" : ""
  return settingFault("key", `is missing: ${title} asks for one${half}${from}`)
}
